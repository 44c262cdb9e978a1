#include "local_api.hpp"

#include "tools.hpp"

namespace ndr::support {

namespace {

constexpr const char* set_up = R"(set -eu
rm -rf /run/crowdsec; mkdir -p /run/crowdsec/data; cd /run/crowdsec
cat >config.yaml <<END
common: { daemonize: false, log_media: stdout, log_level: warning }
config_paths:
  config_dir: /run/crowdsec/
  data_dir: /run/crowdsec/data/
  hub_dir: /run/crowdsec/
  index_path: /run/crowdsec/index.json
  simulation_path: /run/crowdsec/simulation.yaml
  notification_dir: /run/crowdsec/
  plugin_dir: /run/crowdsec/
db_config: { type: sqlite, db_path: /run/crowdsec/data/crowdsec.db, use_wal: true }
plugin_config: { user: nobody, group: nogroup }
api:
  client: { credentials_path: /run/crowdsec/admin.yaml }
  server: { log_level: warning, listen_uri: "$ADDRESS:8080", profiles_path: /run/crowdsec/profiles.yaml }
prometheus: { enabled: false }
END
echo '{}' >index.json
echo 'simulation: off' >simulation.yaml
cat >profiles.yaml <<END
name: none
filters: [ "false" ]
on_success: break
END
: >admin.yaml
cs="cscli -c config.yaml"
$cs machines add admin --auto -u http://$ADDRESS:8080 -f /run/crowdsec/admin.yaml
$cs machines add ndr-triage --auto -u http://$ADDRESS:8080 -f /run/crowdsec/credentials.yaml
$cs bouncers add firewall -k firewall-key -o raw
$cs bouncers add ndr-triage-verify -k verify-key -o raw >/dev/null
echo verify-key >bouncer.key
sed 's,/etc/ndr-triage/crowdsec,/run/crowdsec,' $EXAMPLES/crowdsec/config.yaml >client.yaml
sed 's,admin.yaml,credentials.yaml,' config.yaml >local.yaml
set -m
crowdsec -c config.yaml -no-cs >log 2>&1 &
echo $! >pid
until curl -s -o answer http://$ADDRESS:8080/v1/decisions; do kill -0 $(cat pid); done
)";

}  // namespace

LocalApi::LocalApi(const std::string& address) {
    typed("ADDRESS=" + address + " EXAMPLES=" NDR_EXAMPLES "\n" + set_up);
}

LocalApi::~LocalApi() {
    typed(
        "pid=$(cat /run/crowdsec/pid); kill $pid; "
        "timeout 20 tail -s 0.1 -f --pid=$pid /dev/null");
}

std::string LocalApi::cscli(const std::string& words) const {
    return typed("cscli -c /run/crowdsec/config.yaml " + words);
}

}  // namespace ndr::support
