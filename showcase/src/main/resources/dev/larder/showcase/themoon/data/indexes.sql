-- Keys, references and indexes, built once over the loaded rows.
ALTER TABLE themoon.users
  ADD PRIMARY KEY (id),
  ADD CONSTRAINT users_username UNIQUE (username);
ALTER TABLE themoon.follows
  ADD PRIMARY KEY (follower_id, followee_id),
  ADD CONSTRAINT follows_not_self CHECK (follower_id <> followee_id);
CREATE INDEX follows_followee ON themoon.follows (followee_id);
ALTER TABLE themoon.posts ADD PRIMARY KEY (id);
-- A feed reads each author's newest: numbers rise with time.
CREATE INDEX posts_author ON themoon.posts (author_id, id DESC);
ALTER TABLE themoon.comments ADD PRIMARY KEY (id);
CREATE INDEX comments_post ON themoon.comments (post_id, id DESC);
ALTER TABLE themoon.reactions ADD PRIMARY KEY (post_id, user_id) INCLUDE (kind);
ALTER TABLE themoon.conversations ADD PRIMARY KEY (id);
ALTER TABLE themoon.members ADD PRIMARY KEY (user_id, conversation_id);
CREATE INDEX members_conversation ON themoon.members (conversation_id);
ALTER TABLE themoon.messages ADD PRIMARY KEY (conversation_id, number);
CREATE UNIQUE INDEX messages_client ON themoon.messages (conversation_id, sender_id, client_id)
  WHERE client_id IS NOT NULL;

-- Rows that are new are checked; the loaded ones are made so that they fit, which spares seconds.
ALTER TABLE themoon.follows
  ADD FOREIGN KEY (follower_id) REFERENCES themoon.users NOT VALID,
  ADD FOREIGN KEY (followee_id) REFERENCES themoon.users NOT VALID;
ALTER TABLE themoon.posts ADD FOREIGN KEY (author_id) REFERENCES themoon.users NOT VALID;
ALTER TABLE themoon.comments
  ADD FOREIGN KEY (post_id) REFERENCES themoon.posts ON DELETE CASCADE NOT VALID,
  ADD FOREIGN KEY (author_id) REFERENCES themoon.users NOT VALID;
ALTER TABLE themoon.reactions
  ADD FOREIGN KEY (post_id) REFERENCES themoon.posts ON DELETE CASCADE NOT VALID,
  ADD FOREIGN KEY (user_id) REFERENCES themoon.users NOT VALID;
ALTER TABLE themoon.members
  ADD FOREIGN KEY (conversation_id) REFERENCES themoon.conversations NOT VALID,
  ADD FOREIGN KEY (user_id) REFERENCES themoon.users NOT VALID;
ALTER TABLE themoon.messages
  ADD FOREIGN KEY (conversation_id) REFERENCES themoon.conversations NOT VALID,
  ADD FOREIGN KEY (sender_id) REFERENCES themoon.users NOT VALID;

-- New rows take the numbers after the loaded ones.
SELECT setval(pg_get_serial_sequence('themoon.users', 'id'), coalesce(max(id), 1)) FROM themoon.users;
SELECT setval(pg_get_serial_sequence('themoon.posts', 'id'), coalesce(max(id), 1)) FROM themoon.posts;
SELECT setval(pg_get_serial_sequence('themoon.comments', 'id'), coalesce(max(id), 1)) FROM themoon.comments;
SELECT setval(pg_get_serial_sequence('themoon.conversations', 'id'), coalesce(max(id), 1)) FROM themoon.conversations;

ANALYZE themoon.users, themoon.follows, themoon.posts, themoon.comments, themoon.reactions,
  themoon.conversations, themoon.members, themoon.messages;
