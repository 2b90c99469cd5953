package dev.larder.hibernate;

import java.util.Locale;

/**
 * The tags that every table and every row has, without an annotation.
 *
 * <p>Three kinds, so that an entry which depends on one row outlives writes to others:
 *
 * <ul>
 *   <li>{@code table:album} ends with any write to the table. What a query read depends on it: a row that
 *       did not match may match now.
 *   <li>{@code entity:Album#42} ends when that row, or a collection of it, is written through the entity.
 *       What was read by its id depends on it.
 *   <li>{@code rows:album} ends when a statement writes rows of the table that nobody can name: a bulk
 *       statement. What was read by its id depends on it too.
 * </ul>
 *
 * <p>A write through the entity ends the first two, a bulk statement the first and the third; so whatever
 * was read, by id or by query, ends with either kind of write. Programs that write past Hibernate (plain
 * JDBC, database triggers) invalidate {@code table:} and {@code rows:}, or {@code table:} and {@code
 * entity:}.
 */
public final class TableTags {

  private TableTags() {}

  /** The tag of what queries read of a table. */
  public static String table(String table) {
    return "table:" + plain(table);
  }

  /** The tag of rows of a table that a bulk statement may have written. */
  public static String rows(String table) {
    return "rows:" + plain(table);
  }

  /**
   * The tag of one row.
   *
   * @param entity JPA name of the root of the entity's hierarchy
   * @param id the identifier as text; the parts of a composite one in Hibernate's order, comma between
   */
  public static String row(String entity, String id) {
    return "entity:" + entity + "#" + id;
  }

  /** The table's name without quotes, in lower case. */
  static String plain(String table) {
    return table.replaceAll("[\"`\\[\\]]", "").toLowerCase(Locale.ROOT);
  }

  /** Whether a tag is of one of these kinds, and none that a person wrote. */
  static boolean isOwn(String tag) {
    return tag.startsWith("table:") || tag.startsWith("rows:") || tag.startsWith("entity:");
  }

  /** Whether a tag is that of any write to a table, named without its schema. */
  static boolean isOf(String tag, String table) {
    return tag.startsWith("table:")
        && Statements.last(tag.substring("table:".length())).equals(table);
  }

  /** Whether Hibernate means a table by this, and no subselect. */
  static boolean isTable(String space) {
    return !space.isBlank() && space.indexOf('(') < 0 && space.indexOf(' ') < 0;
  }
}
