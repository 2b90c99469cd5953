package dev.larder.cli.output;

/** How answers are written. */
public enum Format {
  /** For people. */
  TABLE,
  /** One object with {@code "schema": 1}. */
  JSON,
  /** One object per line, each with {@code "schema": 1}. */
  NDJSON,
  /** A heading and one line per row (RFC 4180). */
  CSV,
  /** The JSON object as YAML. */
  YAML;

  /** Version of the shape of what is written for programs. */
  public static final int SCHEMA = 1;
}
