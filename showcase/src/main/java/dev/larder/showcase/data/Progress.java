package dev.larder.showcase.data;

/** Hears how far a long piece of work is. Called from the working thread; must not block. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress SILENT = (stage, done, total) -> {};

  /**
   * Some of a stage is done.
   *
   * @param stage {@code tables} first, then one for each kind of rows, {@code indexes} last; each
   *     begins with {@code done} 0 and ends with {@code done} equal to {@code total}
   * @param done never falls within a stage
   * @param total at least 1, the same during a stage
   */
  void at(String stage, long done, long total);

  /**
   * Another data set is about to be dropped to make room; it is still there. Does nothing by
   * default.
   *
   * @param found the one in the tables, as its description has it
   * @param wanted the one to come
   */
  default void replaces(String found, String wanted) {}
}
