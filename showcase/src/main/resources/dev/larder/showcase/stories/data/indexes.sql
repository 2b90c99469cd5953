-- No index serves trending: it ranks by counters that move with every view, which would each move the
-- index too. That is what its cache is for.
ALTER TABLE stories.users ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX ON stories.users (username);
ALTER TABLE stories.user_profile ADD PRIMARY KEY (user_id);
ALTER TABLE stories.user_settings ADD PRIMARY KEY (user_id);
ALTER TABLE stories.tag ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX ON stories.tag (name);
ALTER TABLE stories.story ADD PRIMARY KEY (id);
CREATE INDEX ON stories.story (author_id, published_at DESC);
CREATE INDEX ON stories.story (published_at DESC) WHERE featured AND published_at IS NOT NULL;
CREATE INDEX ON stories.story USING gin (to_tsvector('simple', title));
ALTER TABLE stories.story_tag ADD PRIMARY KEY (story_id, tag_id);
ALTER TABLE stories.comment ADD PRIMARY KEY (id);
CREATE INDEX ON stories.comment (story_id, created_at DESC);
ALTER TABLE stories.follow ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX ON stories.follow (follower_id, followed_id);
CREATE INDEX ON stories.follow (followed_id);
ALTER TABLE stories.notification ADD PRIMARY KEY (id);
CREATE INDEX ON stories.notification (user_id, created_at DESC);
CREATE INDEX ON stories.notification (user_id) WHERE NOT is_read;
SELECT setval(pg_get_serial_sequence('stories.story', 'id'), max(id)) FROM stories.story;
SELECT setval(pg_get_serial_sequence('stories.comment', 'id'), max(id)) FROM stories.comment;
SELECT setval(pg_get_serial_sequence('stories.follow', 'id'), max(id)) FROM stories.follow;
SELECT setval(pg_get_serial_sequence('stories.notification', 'id'), max(id)) FROM stories.notification;
ANALYZE stories.users, stories.user_profile, stories.user_settings, stories.tag, stories.story,
  stories.story_tag, stories.comment, stories.follow, stories.notification;
