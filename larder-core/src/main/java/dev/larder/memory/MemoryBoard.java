package dev.larder.memory;

import dev.larder.tier.Board;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Notes in a map. Those that ended are dropped when their topic is read or written. */
final class MemoryBoard implements Board {

  private final Lifetime lifetime;
  private final ConcurrentHashMap<Name, Note> notes = new ConcurrentHashMap<>();

  MemoryBoard(Lifetime lifetime) {
    this.lifetime = lifetime;
  }

  private record Name(String topic, String author) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Note(byte[] bytes, long untilMillis) {}

  @Override
  public CompletionStage<Void> pin(String topic, String author, byte[] note, Duration life) {
    return lifetime
        .answer(() -> {
          Board.check(topic, note, life);
          dropEnded();
          return notes.put(new Name(topic, author), new Note(note.clone(), lifetime.until(life)))
              != null;
        })
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Void> unpin(String topic, Collection<String> authors) {
    return lifetime
        .answer(() -> {
          Board.checkTopic(topic);
          authors.forEach(author -> notes.remove(new Name(topic, author)));
          return topic;
        })
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Map<String, byte[]>> notes(String topic) {
    return lifetime.answer(() -> {
      Board.checkTopic(topic);
      dropEnded();
      Map<String, byte[]> found = new HashMap<>();
      notes.forEach((name, note) -> {
        if (name.topic.equals(topic)) {
          found.put(name.author, note.bytes.clone());
        }
      });
      return found;
    });
  }

  void clear() {
    notes.clear();
  }

  private void dropEnded() {
    long now = lifetime.now();
    notes.values().removeIf(note -> note.untilMillis <= now);
  }
}
