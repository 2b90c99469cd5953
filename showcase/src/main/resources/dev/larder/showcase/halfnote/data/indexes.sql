-- Keys, references and indexes, built once over the loaded rows.
ALTER TABLE halfnote.users
  ADD PRIMARY KEY (id),
  ADD CONSTRAINT users_username UNIQUE (username);
ALTER TABLE halfnote.albums
  ADD PRIMARY KEY (id),
  ADD CONSTRAINT albums_catalogue_id UNIQUE (catalogue_id);
ALTER TABLE halfnote.reviews
  ADD PRIMARY KEY (id),
  ADD CONSTRAINT reviews_user_album UNIQUE (user_id, album_id),
  ADD CONSTRAINT reviews_rating CHECK (rating BETWEEN 1 AND 10);
ALTER TABLE halfnote.review_comments ADD PRIMARY KEY (id);
ALTER TABLE halfnote.lists ADD PRIMARY KEY (id);
ALTER TABLE halfnote.activities
  ADD PRIMARY KEY (id),
  ADD CONSTRAINT activities_type CHECK (activity_type IN ('review', 'like', 'comment', 'follow'));

-- Both directions of a relation are read, newest first.
ALTER TABLE halfnote.follows
  ADD PRIMARY KEY (follower_id, followee_id),
  ADD CONSTRAINT follows_not_self CHECK (follower_id <> followee_id);
CREATE INDEX follows_followee ON halfnote.follows (followee_id, created_at DESC);
CREATE INDEX follows_follower ON halfnote.follows (follower_id, created_at DESC);
ALTER TABLE halfnote.review_likes ADD PRIMARY KEY (review_id, user_id);
CREATE INDEX review_likes_user ON halfnote.review_likes (user_id);
ALTER TABLE halfnote.list_items ADD PRIMARY KEY (list_id, album_id);
CREATE INDEX list_items_album ON halfnote.list_items (album_id);
CREATE INDEX lists_user ON halfnote.lists (user_id, updated_at DESC);

CREATE INDEX reviews_user ON halfnote.reviews (user_id, pinned DESC, created_at DESC);
CREATE INDEX reviews_album ON halfnote.reviews (album_id, created_at DESC) INCLUDE (rating);
CREATE INDEX review_comments_review ON halfnote.review_comments (review_id, created_at DESC);
CREATE INDEX review_comments_user ON halfnote.review_comments (user_id);

-- A feed reads one user's, or one target's, newest activities: the number parts equal moments.
CREATE INDEX activities_user ON halfnote.activities (user_id, created_at DESC, id DESC);
CREATE INDEX activities_target ON halfnote.activities (target_user_id, created_at DESC, id DESC)
  WHERE target_user_id IS NOT NULL;
CREATE INDEX activities_type ON halfnote.activities (activity_type, created_at DESC);
CREATE INDEX activities_user_type ON halfnote.activities (user_id, activity_type, created_at DESC);
-- For the references below: deleting a review or a comment takes its activities along.
CREATE INDEX activities_review ON halfnote.activities (review_id) WHERE review_id IS NOT NULL;
CREATE INDEX activities_comment ON halfnote.activities (comment_id) WHERE comment_id IS NOT NULL;

-- Search by the beginnings of words.
CREATE INDEX users_words ON halfnote.users
  USING gin (to_tsvector('simple', username || ' ' || display_name));
CREATE INDEX albums_words ON halfnote.albums
  USING gin (to_tsvector('simple', title || ' ' || artist));

ALTER TABLE halfnote.follows
  ADD FOREIGN KEY (follower_id) REFERENCES halfnote.users ON DELETE CASCADE,
  ADD FOREIGN KEY (followee_id) REFERENCES halfnote.users ON DELETE CASCADE;
ALTER TABLE halfnote.reviews
  ADD FOREIGN KEY (user_id) REFERENCES halfnote.users ON DELETE CASCADE,
  ADD FOREIGN KEY (album_id) REFERENCES halfnote.albums;
ALTER TABLE halfnote.review_likes
  ADD FOREIGN KEY (review_id) REFERENCES halfnote.reviews ON DELETE CASCADE,
  ADD FOREIGN KEY (user_id) REFERENCES halfnote.users ON DELETE CASCADE;
ALTER TABLE halfnote.review_comments
  ADD FOREIGN KEY (review_id) REFERENCES halfnote.reviews ON DELETE CASCADE,
  ADD FOREIGN KEY (user_id) REFERENCES halfnote.users ON DELETE CASCADE;
ALTER TABLE halfnote.lists
  ADD FOREIGN KEY (user_id) REFERENCES halfnote.users ON DELETE CASCADE;
ALTER TABLE halfnote.list_items
  ADD FOREIGN KEY (list_id) REFERENCES halfnote.lists ON DELETE CASCADE,
  ADD FOREIGN KEY (album_id) REFERENCES halfnote.albums;
ALTER TABLE halfnote.activities
  ADD FOREIGN KEY (user_id) REFERENCES halfnote.users ON DELETE CASCADE,
  ADD FOREIGN KEY (target_user_id) REFERENCES halfnote.users ON DELETE CASCADE,
  ADD FOREIGN KEY (review_id) REFERENCES halfnote.reviews ON DELETE CASCADE,
  ADD FOREIGN KEY (comment_id) REFERENCES halfnote.review_comments ON DELETE CASCADE;

-- New rows take the numbers after the loaded ones.
SELECT setval(pg_get_serial_sequence('halfnote.users', 'id'), coalesce(max(id), 1)) FROM halfnote.users;
SELECT setval(pg_get_serial_sequence('halfnote.albums', 'id'), coalesce(max(id), 1)) FROM halfnote.albums;
SELECT setval(pg_get_serial_sequence('halfnote.reviews', 'id'), coalesce(max(id), 1)) FROM halfnote.reviews;
SELECT setval(pg_get_serial_sequence('halfnote.review_comments', 'id'), coalesce(max(id), 1)) FROM halfnote.review_comments;
SELECT setval(pg_get_serial_sequence('halfnote.lists', 'id'), coalesce(max(id), 1)) FROM halfnote.lists;
SELECT setval(pg_get_serial_sequence('halfnote.activities', 'id'), coalesce(max(id), 1)) FROM halfnote.activities;

ANALYZE halfnote.users, halfnote.follows, halfnote.albums, halfnote.reviews, halfnote.review_likes,
  halfnote.review_comments, halfnote.lists, halfnote.list_items, halfnote.activities;
