# Gives the replies to complaints to ndr-triage and leaves them in the mailbox as well; all other
# mail goes on as before. Copy this file to /etc/dovecot/ndr-triage.sieve, put your own address for
# complaints into it, and set Dovecot up with dovecot.conf.
#
# The recipient and the sender of the envelope come in RECIPIENT and SENDER. When the program cannot
# be run, or its configuration is broken, the message is in the mailbox alone (`:try`) and Dovecot
# logs the fault. `ndr-triage replay` on that Maildir then takes in what was missed; what the ledger
# knows already changes nothing.

require ["envelope", "subaddress", "vnd.dovecot.pipe", "copy"];

if allof (envelope :user :is "to" "complaints",
          envelope :domain :is "to" "example.org")
{
    pipe :copy :try "ndr-triage-deliver";
}
