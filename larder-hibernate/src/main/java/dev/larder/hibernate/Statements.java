package dev.larder.hibernate;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be said of a statement's text without understanding it. */
final class Statements {

  private static final Pattern NOISE =
      Pattern.compile("'(?:[^']|'')*'|--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

  private static final Pattern WRITE = Pattern.compile(
      "\\b(?:insert\\s+into|update|delete\\s+from|merge\\s+into|truncate(?:\\s+table)?)\\s+"
          + "(?:only\\s+)?([\\w.$\"`]+(?:\\s*,\\s*[\\w.$\"`]+)*)",
      Pattern.CASE_INSENSITIVE);

  private Statements() {}

  /**
   * The words that stand where a statement names the tables it writes, without their schema. A word that
   * is no table does no harm: nobody has read it.
   */
  static Set<String> written(String sql) {
    Set<String> tables = new LinkedHashSet<>();
    Matcher write = WRITE.matcher(NOISE.matcher(sql).replaceAll(" "));
    while (write.find()) {
      for (String table : write.group(1).split(",", -1)) {
        tables.add(last(TableTags.plain(table.strip())));
      }
    }
    return tables;
  }

  /** A table's name without its schema. */
  static String last(String table) {
    return table.substring(table.lastIndexOf('.') + 1);
  }

  /**
   * A mapped table whose name occurs in the text as a word and which nobody declared; null if none does.
   * It may occur as something else: then the query is refused for nothing, which costs a load and no more.
   */
  static @Nullable String hiddenTable(
      String sql, Collection<String> declared, Collection<String> mapped) {
    Set<String> known = new HashSet<>();
    declared.forEach(table -> known.add(TableTags.plain(table)));
    Set<String> words =
        new HashSet<>(List.of(sql.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}_$]+")));
    for (String table : mapped) {
      String plain = TableTags.plain(table);
      if (!known.contains(plain) && words.contains(last(plain))) {
        return plain;
      }
    }
    return null;
  }
}
