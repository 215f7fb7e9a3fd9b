-- From version 2 to 3: a message mentions people.

-- Names and ids as JSON, of messages that mention somebody; gone with the text.
ALTER TABLE entries ADD COLUMN mentions TEXT;
