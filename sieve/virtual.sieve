# As deliver.sieve, where mailboxes belong to a virtual user: see virtual.conf. Over a socket nothing
# comes in the environment, so recipient and sender are arguments. What was missed lies in a mailbox
# that the program may not read: as root, ndr-triage replay - <MESSAGE takes it in.

require ["envelope", "subaddress", "variables", "vnd.dovecot.pipe", "copy"];

if allof (envelope :user :is "to" "complaints",
          envelope :domain :is "to" "example.org",
          envelope :matches "to" "*")
{
    set "recipient" "${1}";
    if envelope :matches "from" "*" { set "sender" "${1}"; }
    pipe :copy :try "ndr-triage-deliver" ["--recipient=${recipient}", "--sender=${sender}"];
}
