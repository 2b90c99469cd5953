package dev.larder.hibernate;

import dev.larder.log.Change;
import dev.larder.log.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * For tests: finds transactions that wrote a table which cached entries were read from, while nothing
 * ended those entries. It sees every statement of the data source, whoever runs it: Hibernate, JDBC, or
 * SQL by hand.
 *
 * <pre>{@code
 * LarderHibernate joined = LarderHibernate.of(() -> context.getBean(Larder.class));
 * UncoveredWrites writes = new UncoveredWrites(joined);
 * DataSource watched = writes.watch(pool);      // for the entity manager factory and for JDBC alike
 * …
 * writes.assertNone();                          // after each test
 * }</pre>
 *
 * <p>A write is covered by an invalidation that follows its commit: of everything, of the reading cache
 * or keys in it, of a tag that a person wrote; and, for caches that capture, of the table's own tag. Which
 * tags each entry carries is not known here, so any tag that a person wrote counts for all writes before
 * it. Which caches read a table is what their loads did in this process, through Hibernate. Safe for many
 * threads.
 */
public final class UncoveredWrites {

  private final LarderHibernate joined;
  private final List<Write> open = new ArrayList<>();
  private boolean isListening;

  /** A committed write, and the caches that have to hear of it. */
  private record Write(String table, String statement, String place, Set<String> readers) {

    String text() {
      return "the table " + table + " was written and nothing ended the entries of " + readers
          + " that were read from it\n    by: " + statement + "\n    at: " + place
          + "\n    mend: after the commit end a tag that they carry, by @Invalidates or"
          + " Larder.invalidateTags; or let their caches capture, and write through Hibernate";
    }
  }

  /** Watches what is read through session factories of this instance. */
  public UncoveredWrites(LarderHibernate joined) {
    this.joined = joined;
  }

  /** A data source that does the same and is watched. */
  public DataSource watch(DataSource source) {
    return new WatchedDataSource(source, this).proxy();
  }

  /** The writes that nothing has covered so far, as sentences for people. */
  public synchronized List<String> found() {
    return open.stream().map(Write::text).toList();
  }

  /** Forgets what was found. */
  public synchronized void reset() {
    open.clear();
  }

  /**
   * Fails if there is a write that nothing has covered, and starts over.
   *
   * @throws AssertionError with the statement and the place of each
   */
  public void assertNone() {
    List<String> found = found();
    reset();
    if (!found.isEmpty()) {
      throw new AssertionError(String.join("\n", found));
    }
  }

  // ---- told by the data source

  /** A statement that has been run and not yet committed. */
  record Executed(String statement, String place, Set<String> tables) {}

  /** What a statement that is about to be run may write that entries were read from. */
  Executed executed(String sql) {
    Set<String> tables = Statements.written(sql);
    tables.removeIf(table -> joined.observed().readers(table).isEmpty());
    return new Executed(sql, tables.isEmpty() ? "" : place(), tables);
  }

  void committed(Collection<Executed> all) {
    for (Executed one : all) {
      for (String table : one.tables()) {
        listen();
        Set<String> readers = joined.observed().readers(table);
        synchronized (this) {
          open.add(new Write(table, one.statement(), one.place(), readers));
        }
      }
    }
  }

  private static String place() {
    return StackWalker.getInstance()
        .walk(frames -> frames
            .filter(frame -> !isLibrary(frame.getClassName()))
            .findFirst()
            .map(frame -> frame.toStackTraceElement().toString())
            .orElse("unknown"));
  }

  private static boolean isLibrary(String name) {
    for (String library : List.of(
        "java.",
        "jdk.",
        "sun.",
        "jakarta.",
        "org.hibernate.",
        "org.springframework.",
        "com.zaxxer.")) {
      if (name.startsWith(library)) {
        return true;
      }
    }
    String outer = name.replaceFirst("\\$.*", "");
    return name.contains("$Proxy")
        || outer.equals(UncoveredWrites.class.getName())
        || outer.equals(WatchedDataSource.class.getName())
        || outer.equals(LarderServices.class.getName());
  }

  // ---- told by the larder

  private void listen() {
    synchronized (this) {
      if (isListening) {
        return;
      }
      isListening = true;
    }
    joined.larder().onChange(this::cover);
  }

  private synchronized void cover(Change change) {
    List<Write> left = new ArrayList<>();
    for (Write write : open) {
      Set<String> readers = new TreeSet<>(write.readers());
      readers.removeIf(cache ->
          change.targets().stream().anyMatch(target -> covers(target, cache, write.table())));
      if (!readers.isEmpty()) {
        left.add(new Write(write.table(), write.statement(), write.place(), readers));
      }
    }
    open.clear();
    open.addAll(left);
  }

  private boolean covers(Target target, String cache, String table) {
    return switch (target.kind()) {
      case ALL -> true;
      case TAG ->
        TableTags.isOwn(target.id())
            ? joined.observed().isCapturing(cache) && TableTags.isOf(target.id(), table)
            : true;
      default -> target.id().contains(cache);
    };
  }
}
