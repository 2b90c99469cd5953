package dev.larder.testkit;

import dev.larder.tier.Board;
import dev.larder.tier.Store;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The board of a {@link FaultyStore}. A topic is the name that its faults go by. */
final class FaultyBoard implements Board {

  private final FaultyStore store;

  FaultyBoard(FaultyStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Void> pin(String topic, String author, byte[] note, Duration life) {
    return store.call(
        Call.BOARD_PIN, List.of(topic), real -> board(real).pin(topic, author, note, life));
  }

  @Override
  public CompletionStage<Void> unpin(String topic, Collection<String> authors) {
    return store.call(Call.BOARD_UNPIN, List.of(topic), real -> board(real).unpin(topic, authors));
  }

  @Override
  public CompletionStage<Map<String, byte[]>> notes(String topic) {
    return store.call(Call.BOARD_NOTES, List.of(topic), real -> board(real).notes(topic));
  }

  private static Board board(Store real) {
    Board board = real.board();
    if (board == null) {
      throw new IllegalStateException("store '" + real.name() + "' has no board any more");
    }
    return board;
  }
}
