// The keys of registry reports.
#include "setting.hpp"

namespace ndr {

namespace {

Setting path_setting(std::string key, std::string help, std::string Configuration::*member) {
    return {std::move(key), std::move(help) + " (absolute path)",
            [member](Configuration& c, const std::string& value) {
                c.*member = value;
                return value.starts_with('/');
            },
            [member](const Configuration& c) { return c.*member; }};
}

}  // namespace

std::vector<Setting> report_settings() {
    return {
        path_setting("registries", "the site's own records of where registries take reports",
                     &Configuration::registries),
        path_setting("reports", "directory of drafts for the registries", &Configuration::reports)};
}

}  // namespace ndr
