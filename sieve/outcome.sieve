# Replies to complaints are taken in, and filed by what they say, unmarked; all other mail goes on as
# before. Copy this file to /etc/dovecot/ndr-triage.sieve, put your own address for complaints into
# it, and set Dovecot up with dovecot.conf; for retry_folders see filter.sieve.

require ["envelope", "subaddress", "variables", "vnd.dovecot.execute", "fileinto", "mailbox"];

if allof (envelope :user :is "to" "complaints",
          envelope :domain :is "to" "example.org")
{
    if not execute :pipe :output "outcome" "ndr-triage-outcome"
    {
        fileinto :create "ndr-retry";
        stop;
    }
    if string :is "${outcome}" ["mailbox-full", "recipient-unknown", "lost-connection"]
    {
        fileinto :create "failures";
        stop;
    }
}
