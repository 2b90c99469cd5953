-- What a larder keeps in PostgreSQL 12 or later. ${schema} stands for the quoted name of the schema.
-- Every statement may be run again; none touches rows.

-- Slots. Unlogged: after a crash of the server the table is empty, which costs loads and nothing
-- else. A row without a body is a placeholder. Times are the server's.
CREATE UNLOGGED TABLE IF NOT EXISTS ${schema}.entry (
  key_prefix text COLLATE "C" NOT NULL,
  slot text COLLATE "C" NOT NULL,
  nonce bigint NOT NULL,
  body bytea,
  written_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (key_prefix, slot)
) WITH (
  fillfactor = 80,
  autovacuum_vacuum_scale_factor = 0.05,
  autovacuum_vacuum_cost_delay = 0
);
-- Bodies come compressed where that pays.
ALTER TABLE ${schema}.entry ALTER COLUMN body SET STORAGE EXTERNAL;
-- Counts entries and finds the oldest.
CREATE INDEX IF NOT EXISTS entry_age
  ON ${schema}.entry (key_prefix, written_at) WHERE body IS NOT NULL;

-- Records. Positions are given by advance() and open_epoch() alone.
CREATE TABLE IF NOT EXISTS ${schema}.log (
  key_prefix text COLLATE "C" NOT NULL,
  epoch bigint NOT NULL,
  sequence bigint NOT NULL,
  nonce bigint NOT NULL,
  previous_nonce bigint NOT NULL,
  payload text NOT NULL,
  appended_at timestamptz NOT NULL,
  forwarded boolean NOT NULL,
  PRIMARY KEY (key_prefix, epoch, sequence)
);
CREATE INDEX IF NOT EXISTS log_unforwarded
  ON ${schema}.log (key_prefix, epoch, sequence) WHERE NOT forwarded AND sequence > 0;
CREATE INDEX IF NOT EXISTS log_unforwarded_nonce
  ON ${schema}.log (key_prefix, nonce) WHERE NOT forwarded AND sequence > 0;

CREATE TABLE IF NOT EXISTS ${schema}.marker (
  key_prefix text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  epoch bigint NOT NULL,
  sequence bigint NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (key_prefix, name)
);

-- Changes written in an application's transaction. They have no position until they are relayed:
-- ids are drawn in another order than transactions commit.
CREATE TABLE IF NOT EXISTS ${schema}.outbox (
  key_prefix text COLLATE "C" NOT NULL,
  id bigserial NOT NULL,
  nonce bigint NOT NULL,
  payload text NOT NULL,
  keys text[] NOT NULL,
  markers text[] NOT NULL,
  marker_life_millis bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (key_prefix, id)
) WITH (
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 1000
);

-- What nodes tell one another for operators. Unlogged, as a note may be lost. Times are the server's.
CREATE UNLOGGED TABLE IF NOT EXISTS ${schema}.note (
  key_prefix text COLLATE "C" NOT NULL,
  topic text COLLATE "C" NOT NULL,
  author text COLLATE "C" NOT NULL,
  body bytea NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (key_prefix, topic, author)
) WITH (
  fillfactor = 50,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 100
);

-- Takes the lock of one log until the transaction ends. The caller's next statement sees all that
-- earlier holders committed, but only if it takes a snapshot of its own.
CREATE OR REPLACE FUNCTION ${schema}.lock_log(p_prefix text) RETURNS void
LANGUAGE plpgsql AS $function$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'positions are given under READ COMMITTED, not %',
      current_setting('transaction_isolation') USING ERRCODE = 'LARD2';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended($name$${schema}.log $name$ || p_prefix, 0));
END
$function$;

-- Gives positions: first to the committed rows of the outbox, by id, then to the changes passed in.
-- Deletes the slots of their keys, moves their markers, wakes the listeners.
--
-- Run it as a transaction of its own. It lives in the server so that the lock never waits for a
-- client: a process that stalls or dies cannot hold up the others.
--
-- When p_most_relayed rows were relayed more may wait; then the changes are left out, done is false
-- and the caller calls again. The result is the tail in front of the changes.
CREATE OR REPLACE FUNCTION ${schema}.advance(
  p_prefix text,
  p_channel text,
  p_most_relayed integer,
  p_nonces bigint[],
  p_payloads text[],
  p_keys text[],
  -- Names of markers, for each the number of the change that moves it (from 1), and its life.
  p_markers text[],
  p_marker_changes bigint[],
  p_marker_lives bigint[],
  OUT done boolean,
  OUT tail_epoch bigint,
  OUT tail_sequence bigint,
  OUT tail_nonce bigint
)
LANGUAGE plpgsql AS $function$
DECLARE
  nonces bigint[];
  payloads text[];
  keys text[];
  markers text[];
  marker_changes bigint[];
  marker_lives bigint[];
  relayed bigint;
  last_sequence bigint;
BEGIN
  PERFORM ${schema}.lock_log(p_prefix);

  SELECT l.epoch, l.sequence, l.nonce INTO tail_epoch, tail_sequence, tail_nonce
  FROM ${schema}.log l WHERE l.key_prefix = p_prefix
  ORDER BY l.epoch DESC, l.sequence DESC LIMIT 1;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the log is empty' USING ERRCODE = 'LARD1';
  END IF;

  WITH moved AS (
    DELETE FROM ${schema}.outbox o
    WHERE o.key_prefix = p_prefix AND o.id IN (
      SELECT w.id FROM ${schema}.outbox w
      WHERE w.key_prefix = p_prefix ORDER BY w.id LIMIT p_most_relayed)
    RETURNING o.*
  ), numbered AS (
    SELECT row_number() OVER (ORDER BY m.id) AS n, m.* FROM moved m
  ), moved_marker AS (
    SELECT k.name, r.n, r.marker_life_millis AS life
    FROM numbered r, unnest(r.markers) AS k(name)
  )
  SELECT
    coalesce((SELECT array_agg(r.nonce ORDER BY r.n) FROM numbered r), '{}'),
    coalesce((SELECT array_agg(r.payload ORDER BY r.n) FROM numbered r), '{}'),
    coalesce((SELECT array_agg(k.slot) FROM numbered r, unnest(r.keys) AS k(slot)), '{}'),
    coalesce((SELECT array_agg(m.name ORDER BY m.n, m.name) FROM moved_marker m), '{}'),
    coalesce((SELECT array_agg(m.n ORDER BY m.n, m.name) FROM moved_marker m), '{}'),
    coalesce((SELECT array_agg(m.life ORDER BY m.n, m.name) FROM moved_marker m), '{}')
  INTO nonces, payloads, keys, markers, marker_changes, marker_lives;

  relayed := cardinality(nonces);
  done := relayed < p_most_relayed;
  IF done THEN
    nonces := nonces || p_nonces;
    payloads := payloads || p_payloads;
    keys := keys || p_keys;
    markers := markers || p_markers;
    marker_changes := marker_changes || ARRAY(
      SELECT c.n + relayed FROM unnest(p_marker_changes) WITH ORDINALITY AS c(n, place)
      ORDER BY c.place);
    marker_lives := marker_lives || p_marker_lives;
  END IF;

  IF cardinality(keys) > 0 THEN
    -- Locked in one order everywhere, or two statements over many slots could lock each other out.
    WITH held AS MATERIALIZED (
      SELECT e.slot FROM ${schema}.entry e
      WHERE e.key_prefix = p_prefix AND e.slot = ANY (keys) ORDER BY e.slot FOR UPDATE
    )
    DELETE FROM ${schema}.entry e USING held h WHERE e.key_prefix = p_prefix AND e.slot = h.slot;
  END IF;

  INSERT INTO ${schema}.log
    (key_prefix, epoch, sequence, nonce, previous_nonce, payload, appended_at, forwarded)
  SELECT p_prefix, tail_epoch, tail_sequence + c.n, c.nonce,
    lag(c.nonce, 1, tail_nonce) OVER (ORDER BY c.n), c.payload, clock_timestamp(), false
  FROM unnest(nonces, payloads) WITH ORDINALITY AS c(nonce, payload, n);

  IF cardinality(markers) > 0 THEN
    INSERT INTO ${schema}.marker AS m (key_prefix, name, epoch, sequence, expires_at)
    SELECT p_prefix, c.name, tail_epoch, tail_sequence + max(c.n),
      clock_timestamp() + max(c.life) * interval '1 millisecond'
    FROM unnest(markers, marker_changes, marker_lives) AS c(name, n, life)
    GROUP BY c.name ORDER BY c.name COLLATE "C"
    ON CONFLICT (key_prefix, name) DO UPDATE SET
      epoch = excluded.epoch,
      sequence = excluded.sequence,
      expires_at = greatest(m.expires_at, excluded.expires_at);
  END IF;

  IF cardinality(nonces) > 0 THEN
    last_sequence := tail_sequence + cardinality(nonces);
    PERFORM pg_notify(p_channel, tail_epoch || '-' || last_sequence);
  END IF;
  IF relayed > 0 THEN
    tail_sequence := tail_sequence + relayed;
    tail_nonce := nonces[relayed];
  END IF;
END
$function$;

-- Opens an epoch if the tail still is the one the caller saw; p_seen_epoch is null if it saw none.
-- The result is the tail afterwards.
CREATE OR REPLACE FUNCTION ${schema}.open_epoch(
  p_prefix text,
  p_channel text,
  p_seen_epoch bigint,
  p_seen_sequence bigint,
  p_seen_nonce bigint,
  p_epoch bigint,
  p_nonce bigint,
  p_payload text,
  OUT tail_epoch bigint,
  OUT tail_sequence bigint,
  OUT tail_nonce bigint,
  OUT store_millis bigint
)
LANGUAGE plpgsql AS $function$
BEGIN
  PERFORM ${schema}.lock_log(p_prefix);

  SELECT l.epoch, l.sequence, l.nonce INTO tail_epoch, tail_sequence, tail_nonce
  FROM ${schema}.log l WHERE l.key_prefix = p_prefix
  ORDER BY l.epoch DESC, l.sequence DESC LIMIT 1;

  IF (tail_epoch IS NULL AND p_seen_epoch IS NULL)
    OR (tail_epoch = p_seen_epoch AND tail_sequence = p_seen_sequence AND tail_nonce = p_seen_nonce)
  THEN
    INSERT INTO ${schema}.log
      (key_prefix, epoch, sequence, nonce, previous_nonce, payload, appended_at, forwarded)
    VALUES (p_prefix, p_epoch, 0, p_nonce, 0, p_payload, clock_timestamp(), false);
    tail_epoch := p_epoch;
    tail_sequence := 0;
    tail_nonce := p_nonce;
    PERFORM pg_notify(p_channel, p_epoch || '-0');
  END IF;
  store_millis := floor(extract(epoch FROM clock_timestamp()) * 1000);
END
$function$;

-- Removes entries of one key prefix if there are more than p_most: first what has expired, then the
-- oldest: one in p_frequency of those that are left (0: all), and at least those over p_most. The
-- result is how many entries are left.
CREATE OR REPLACE FUNCTION ${schema}.cull(p_prefix text, p_most bigint, p_frequency integer)
RETURNS bigint LANGUAGE plpgsql AS $function$
DECLARE
  held bigint;
  surplus bigint;
BEGIN
  SELECT count(*) INTO held FROM ${schema}.entry e
  WHERE e.key_prefix = p_prefix AND e.body IS NOT NULL;
  IF held <= p_most THEN
    RETURN held;
  END IF;

  -- One at a time: two would each remove a third.
  PERFORM pg_advisory_xact_lock(hashtextextended($name$${schema}.entry $name$ || p_prefix, 0));
  -- What somebody else works on is skipped: waiting for it could end in a circle.
  WITH dead AS MATERIALIZED (
    SELECT e.slot FROM ${schema}.entry e
    WHERE e.key_prefix = p_prefix AND e.expires_at <= now() FOR UPDATE SKIP LOCKED
  )
  DELETE FROM ${schema}.entry e USING dead d WHERE e.key_prefix = p_prefix AND e.slot = d.slot;

  SELECT count(*) INTO held FROM ${schema}.entry e
  WHERE e.key_prefix = p_prefix AND e.body IS NOT NULL;
  IF held <= p_most THEN
    RETURN held;
  END IF;
  surplus := CASE WHEN p_frequency = 0 THEN held
    ELSE greatest(held / p_frequency, held - p_most) END;
  WITH oldest AS MATERIALIZED (
    SELECT e.slot FROM ${schema}.entry e
    WHERE e.key_prefix = p_prefix AND e.body IS NOT NULL
    ORDER BY e.written_at LIMIT surplus FOR UPDATE SKIP LOCKED
  )
  DELETE FROM ${schema}.entry e USING oldest o WHERE e.key_prefix = p_prefix AND e.slot = o.slot;
  RETURN held - surplus;
END
$function$;

-- Last, so that an interrupted set-up does not look complete.
COMMENT ON TABLE ${schema}.log IS 'larder schema 1';
