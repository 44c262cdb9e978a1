# Gives the replies to complaints to ndr-triage; all other mail goes on as before.
#
# For Dovecot with Pigeonhole's extprograms plugin. Dovecot runs the program as the owner of the
# mailbox, so complaints@ must be delivered to the account that owns the ledger.
#
# 1. Copy this file to /etc/dovecot/ndr-triage.sieve, put your own address for complaints into it,
#    and compile it: sievec /etc/dovecot/ndr-triage.sieve
#
# 2. In the directory that sieve_pipe_bin_dir names, put a program called ndr-triage-deliver, owned
#    by root, mode 0755. A Sieve script names programs without a path, and they get no PATH:
#
#        #!/bin/sh
#        exec /usr/local/bin/ndr-triage deliver --copy
#
#    `pipe :copy` leaves the message in the mailbox as well, hence --copy: a ledger that cannot be
#    written puts the message into hold. Dovecot cannot defer, so 75 would say nothing to the MTA.
#    The recipient and the sender of the envelope come in RECIPIENT and SENDER.
#
# 3. In Dovecot's configuration:
#
#        recipient_delimiter = +
#        protocol lmtp {
#          mail_plugins = $mail_plugins sieve
#        }
#        plugin {
#          sieve_plugins = sieve_extprograms
#          sieve_global_extensions = +vnd.dovecot.pipe
#          sieve_pipe_bin_dir = /usr/local/lib/dovecot/sieve-pipe
#          sieve_before = /etc/dovecot/ndr-triage.sieve
#        }
#
#    It is a sieve_before script because a user's own script may not use vnd.dovecot.pipe.
#
# When the program cannot be run, or its configuration is broken, the message is in the mailbox
# alone (`:try`) and Dovecot logs the fault. `ndr-triage replay` on that Maildir then takes in what
# was missed; what the ledger knows already changes nothing.

require ["envelope", "subaddress", "vnd.dovecot.pipe", "copy"];

if allof (envelope :user :is "to" "complaints",
          envelope :domain :is "to" "example.org")
{
    pipe :copy :try "ndr-triage-deliver";
}
