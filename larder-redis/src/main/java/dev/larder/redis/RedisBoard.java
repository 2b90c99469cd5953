package dev.larder.redis;

import dev.larder.redis.Calls.Run;
import dev.larder.tier.Board;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Notes in one hash a topic, beside the log and with its hash tag: {@code
 * {larder:prefix}:board:topic}. Fields of a hash do not expire by themselves in all versions, so each
 * holds its end, by the server's clock, in front of the note.
 */
final class RedisBoard implements Board {

  private final RedisLink link;
  private final Calls calls;
  private final RedisLog.Keys keys;

  RedisBoard(RedisLink link, RedisLog.Keys keys) {
    this.link = link;
    this.calls = new Calls(link);
    this.keys = keys;
  }

  @Override
  public CompletionStage<Void> pin(String topic, String author, byte[] note, Duration life) {
    try {
      Board.check(topic, note, life);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
    Run run = new Run(
        new String[] {keys.board(topic)},
        author.getBytes(StandardCharsets.UTF_8),
        note,
        RedisTier.number(RedisTier.millis(life)));
    return calls.isOne(Script.PIN, run).thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Void> unpin(String topic, Collection<String> authors) {
    try {
      Board.checkTopic(topic);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
    if (authors.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    String[] fields = authors.toArray(String[]::new);
    return link.call(
            connection -> connection.commands().hdel(keys.board(topic), fields), answer -> answer)
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Map<String, byte[]>> notes(String topic) {
    try {
      Board.checkTopic(topic);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
    return calls.list(Script.NOTES, new Run(new String[] {keys.board(topic)}), answer -> {
      Map<String, byte[]> notes = new HashMap<>();
      for (int i = 0; i + 1 < answer.size(); i += 2) {
        notes.put(new String(answer.get(i), StandardCharsets.UTF_8), answer.get(i + 1));
      }
      return notes;
    });
  }
}
