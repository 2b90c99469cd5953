-- Takes away what postgresql-create.sql made, and nothing else.
DROP TABLE IF EXISTS ${schema}.entry, ${schema}.log, ${schema}.marker, ${schema}.outbox,
  ${schema}.note;
DROP FUNCTION IF EXISTS ${schema}.advance(
  text, text, integer, bigint[], text[], text[], text[], bigint[], bigint[]);
DROP FUNCTION IF EXISTS
  ${schema}.open_epoch(text, text, bigint, bigint, bigint, bigint, bigint, text);
DROP FUNCTION IF EXISTS ${schema}.cull(text, bigint, integer);
DROP FUNCTION IF EXISTS ${schema}.lock_log(text);
-- With the triggers that call them.
DROP FUNCTION IF EXISTS ${schema}.on_write() CASCADE;
DROP FUNCTION IF EXISTS ${schema}.write_tags(text, text, text[]);
DROP FUNCTION IF EXISTS ${schema}.tag_of(text, jsonb);
