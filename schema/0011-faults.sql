-- Step 11: why a copy was not sent. One that our own MTA did not take says nothing of its contact.

ALTER TABLE copy ADD COLUMN fault TEXT NOT NULL DEFAULT '';  -- of our MTA; '' none
