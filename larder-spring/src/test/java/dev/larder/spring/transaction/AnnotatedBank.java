package dev.larder.spring.transaction;

import dev.larder.spring.annotation.Invalidates;
import dev.larder.spring.annotation.Writes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A service that invalidates by annotation what it writes, mostly in a transaction of its own. */
class AnnotatedBank {

  private final JdbcTemplate sql;

  AnnotatedBank(JdbcTemplate sql) {
    this.sql = sql;
  }

  private String write(long id, String name) {
    sql.update("UPDATE names SET name = ? WHERE id = ?", name, id);
    return name;
  }

  /**
   * In a transaction of its own.
   *
   * @param inside runs in the transaction, after the write
   */
  @Transactional
  @Invalidates(tags = {"name:#{#id}", "tx:#{#result}"})
  public String rename(long id, String name, Consumer<String> inside) {
    write(id, name);
    inside.accept(name);
    return name;
  }

  @Invalidates(tags = "name:#{#id}")
  public void renameWithoutTransaction(long id, String name) {
    write(id, name);
  }

  @Transactional(propagation = Propagation.REQUIRES_NEW)
  @Invalidates(tags = "name:#{#id}")
  public void renameApart(long id, String name) {
    write(id, name);
  }

  @Transactional(propagation = Propagation.NOT_SUPPORTED)
  @Invalidates(tags = "name:#{#id}")
  public void renameOutside(long id, String name) {
    write(id, name);
  }

  @Transactional(propagation = Propagation.NOT_SUPPORTED)
  @Writes(cache = "name", key = "#id")
  public String saveOutside(long id, String name) {
    return write(id, name);
  }

  @Transactional
  @Writes(cache = "name", key = "#id")
  public String save(long id, String name) {
    return write(id, name);
  }

  @Transactional(propagation = Propagation.REQUIRES_NEW)
  @Writes(cache = "name", key = "#id")
  public String saveApart(long id, String name) {
    return write(id, name);
  }

  /** The transaction ends before the answer is there. */
  @Transactional
  @Invalidates(tags = "name:#{#id}")
  public CompletionStage<String> renameLater(long id, String name, CompletableFuture<?> go) {
    write(id, name);
    return go.thenApply(gone -> name);
  }
}
