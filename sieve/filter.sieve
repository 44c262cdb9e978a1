# Replies to complaints are taken in, marked, and filed by what they say; all other mail goes on as
# before. Copy this file to /etc/dovecot/ndr-triage.sieve, put your own address for complaints into
# it, and set Dovecot up with dovecot.conf.
#
# What could not be taken in goes, unmarked, to a folder of its own: Dovecot cannot defer. Name it in
# /etc/ndr-triage/ndr-triage.conf, and `ndr-triage act` takes it up:
#
#     retry_folders = /var/lib/ndr-triage/Maildir/.ndr-retry

require ["envelope", "subaddress", "vnd.dovecot.filter", "fileinto", "mailbox"];

if allof (envelope :user :is "to" "complaints",
          envelope :domain :is "to" "example.org")
{
    if not filter "ndr-triage-filter"
    {
        fileinto :create "ndr-retry";
        stop;
    }
    if header :is "X-NDR-Triage-Outcome" ["mailbox-full", "recipient-unknown", "lost-connection"]
    {
        fileinto :create "failures";
        stop;
    }
}
