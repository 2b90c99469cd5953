package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.tier.Store;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What every {@link Store} does whose server outlives it. */
public abstract class ServerStoreContract extends StoreContract {

  /** For subclasses. */
  protected ServerStoreContract() {}

  @Test
  void close_leavesOtherNodesAlone() {
    Store other = anotherNode();
    Position opening = opened();
    other.close();
    long nonce = filled(key("1"));
    assertThat(append(Target.ALL).position()).isEqualTo(opening.next());
    assertThat(get(tier().read(key("1"))).nonce()).isEqualTo(nonce);
  }

  @Test
  void close_whatWasWrittenStays() {
    Store other = anotherNode();
    opened();
    LogRecord record = append(Target.tag("x"));
    long nonce = filled(key("1"));
    store().close();
    assertThat(get(other.tier().read(key("1"))).nonce()).isEqualTo(nonce);
    assertThat(get(other.log().tail()).position()).isEqualTo(record.position());
    assertThat(get(other.log().markers(List.of("tx")))).containsEntry("tx", record.position());
  }

  @Test
  void close_endsAWait() {
    Position opening = opened();
    Store other = anotherNode();
    CompletionStage<List<LogRecord>> waiting = other.log().await(opening, 10, LONG);
    other.close();
    eventually(LONG, () -> isDone(waiting));
  }

  @Test
  void close_laterCallsFail() {
    opened();
    Store other = anotherNode();
    other.close();
    CompletionStage<?> read = other.tier().read(key("1"));
    CompletionStage<?> tail = other.log().tail();
    eventually(LONG, () -> isDone(read) && isDone(tail));
    assertThat(read.toCompletableFuture()).isCompletedExceptionally();
    assertThat(tail.toCompletableFuture()).isCompletedExceptionally();
  }
}
