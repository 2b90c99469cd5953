-- What the triggers of tables call. Run as often as wanted; existing triggers go on with the new text.

-- The tag that a row gives a template such as album:{id}; null if a column in it is null.
CREATE OR REPLACE FUNCTION ${schema}.tag_of(p_template text, p_row jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  tag text := p_template;
  name text;
  value text;
BEGIN
  FOR name IN SELECT DISTINCT m[1] FROM regexp_matches(p_template, '\{([^{}]+)\}', 'g') AS m LOOP
    value := p_row ->> name;
    IF value IS NULL THEN
      RETURN NULL;
    END IF;
    tag := replace(tag, '{' || name || '}', value);
  END LOOP;
  RETURN tag;
END
$$;

-- Writes rows of the outbox that end these tags, at most 10,000 a row. Null ends everything.
--
-- A tag of more than 300 characters would need the hashed name of its marker: then everything ends.
CREATE OR REPLACE FUNCTION ${schema}.write_tags(p_prefix text, p_cause text, p_tags text[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  most CONSTANT integer := 10000;
  life CONSTANT bigint := 86400000;
  escaped text[];
  part text[];
  head text;
  first integer;
BEGIN
  IF p_tags IS NULL OR EXISTS (SELECT 1 FROM unnest(p_tags) t WHERE length(t) > 300) THEN
    escaped := ARRAY['a'];
  ELSE
    SELECT array_agg(DISTINCT 't' || replace(t, chr(1), chr(1) || '1')) INTO escaped
    FROM unnest(p_tags) t WHERE t IS NOT NULL;
  END IF;
  FOR first IN SELECT generate_series(1, coalesce(array_length(escaped, 1), 0), most) LOOP
    part := escaped[first : first + most - 1];
    INSERT INTO ${schema}.outbox (key_prefix, nonce, payload, keys, markers, marker_life_millis)
    SELECT
      p_prefix,
      n.nonce,
      -- As Change.encode has it: format, nonce, time, origin, cause, a line for each target.
      '1' || chr(10) || n.nonce || chr(10)
        || floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint || chr(10)
        || 'trigger' || chr(10)
        || replace(replace(replace(replace(p_cause, chr(1), chr(1) || '1'),
             '\', '\\'), chr(10), '\n'), chr(13), '\r') || chr(10)
        || (SELECT string_agg(replace(replace(replace(t, '\', '\\'), chr(10), '\n'), chr(13), '\r'),
              chr(10) ORDER BY t) FROM unnest(part) t),
      '{}',
      part,
      life
    FROM (
      -- Even: for all logs. Never 0.
      SELECT CASE WHEN r.bits = 0 THEN 2 ELSE r.bits END AS nonce FROM (
        SELECT (('x' || substr(md5(random()::text || clock_timestamp()::text || first::text), 1, 16))
          ::bit(64)::bigint & ~1::bigint) AS bits) r
    ) n;
  END LOOP;
END
$$;

-- For statements: arguments are the key prefix and the templates.
CREATE OR REPLACE FUNCTION ${schema}.on_write() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  tags text[];
  templates text[] := TG_ARGV[1:];
  cause text := TG_OP || ' ' || TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT ${schema}.tag_of(t, to_jsonb(r))) INTO tags
    FROM larder_new r CROSS JOIN unnest(templates) t;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT ${schema}.tag_of(t, to_jsonb(r))) INTO tags
    FROM larder_old r CROSS JOIN unnest(templates) t;
  ELSIF TG_OP = 'UPDATE' THEN
    -- What a row was and what it is: either may stand in an entry.
    SELECT array_agg(DISTINCT tag) INTO tags FROM (
      SELECT ${schema}.tag_of(t, to_jsonb(r)) AS tag FROM larder_old r CROSS JOIN unnest(templates) t
      UNION
      SELECT ${schema}.tag_of(t, to_jsonb(r)) FROM larder_new r CROSS JOIN unnest(templates) t) u;
  ELSE
    -- TRUNCATE does not say which rows there were.
    PERFORM ${schema}.write_tags(TG_ARGV[0], cause, NULL);
    RETURN NULL;
  END IF;
  -- No row, no tag.
  PERFORM ${schema}.write_tags(TG_ARGV[0], cause, coalesce(tags, '{}'));
  RETURN NULL;
END
$$;
