-- Who the actors of an event are by code, and which entry of a dictionary gave the event its code.

ALTER TABLE event ADD COLUMN source_code TEXT;
ALTER TABLE event ADD COLUMN target_code TEXT;
ALTER TABLE event ADD COLUMN rule TEXT NOT NULL DEFAULT 'event.verb';
ALTER TABLE event ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN spans TEXT NOT NULL DEFAULT '[]';
