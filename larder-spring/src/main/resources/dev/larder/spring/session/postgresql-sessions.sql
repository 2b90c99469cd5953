-- Sessions of Spring Session. PostgreSQL 12 or later.
-- Several applications share the tables; each has its own key prefix in "application".

CREATE SCHEMA IF NOT EXISTS larder;

CREATE TABLE IF NOT EXISTS larder.session (
  row_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  application text NOT NULL,
  digest      text NOT NULL,
  sealed_id   bytea,
  principal   text,
  created     bigint NOT NULL,
  last_access bigint NOT NULL,
  max_idle    bigint NOT NULL,
  expires_at  bigint GENERATED ALWAYS AS
    (CASE WHEN max_idle < 0 THEN NULL ELSE last_access + max_idle END) STORED,
  UNIQUE (application, digest)
);

COMMENT ON TABLE larder.session IS
  'Sessions by the SHA-256 of their ids. Times are milliseconds since 1970.';
COMMENT ON COLUMN larder.session.sealed_id IS 'The id under AES-GCM, where larder.key-secret is set.';
COMMENT ON COLUMN larder.session.principal IS 'Digest of the name of the principal.';
COMMENT ON COLUMN larder.session.max_idle IS 'Negative: the session never ends by itself.';

CREATE INDEX IF NOT EXISTS session_principal ON larder.session (application, principal)
  WHERE principal IS NOT NULL;
CREATE INDEX IF NOT EXISTS session_expiry ON larder.session (application, expires_at)
  WHERE expires_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS larder.session_attribute (
  session bigint NOT NULL REFERENCES larder.session ON DELETE CASCADE,
  name    text NOT NULL,
  type    text NOT NULL,
  value   bytea NOT NULL,
  PRIMARY KEY (session, name)
);

COMMENT ON COLUMN larder.session_attribute.type IS 'Declared name of the type; never a class.';
