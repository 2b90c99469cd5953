package dev.larder.redis;

import dev.larder.tier.Tier.KeyPage;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.async.RedisKeyAsyncCommands;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Steps through the keys of a server, or of a cluster's primaries one after the other in the order of
 * their ids.
 *
 * <p>A cursor is the server's own; on a cluster the node's id, a slash and the node's. Where that node
 * is a primary no more, its cursor means nothing to its successor, so all is stepped through again:
 * keys come twice rather than never.
 */
final class KeyScan {

  /** Keys in one SCAN: more would hold the server for longer than a millisecond. */
  private static final int KEYS_PER_COMMAND = 1_000;

  private final RedisLink link;

  KeyScan(RedisLink link) {
    this.link = link;
  }

  /** As {@link dev.larder.tier.Tier#keys}. One round trip for {@value #KEYS_PER_COMMAND} keys. */
  CompletionStage<KeyPage> keys(String keyPrefix, String contains, String cursor, int limit) {
    String pattern = pattern(keyPrefix, contains);
    return link.call(
        connection ->
            connection.stateful() instanceof StatefulRedisClusterConnection<String, byte[]> cluster
                ? onNode(cluster, pattern, cursor, limit)
                : scan(connection.commands(), pattern, cursor, limit, List.of()),
        page -> new KeyPage(
            page.keys().stream()
                .filter(key -> key.startsWith(keyPrefix) && key.contains(contains))
                .toList(),
            page.next()));
  }

  private static CompletionStage<KeyPage> onNode(
      StatefulRedisClusterConnection<String, byte[]> cluster,
      String pattern,
      String cursor,
      int limit) {
    List<String> primaries = new ArrayList<>();
    for (RedisClusterNode node : cluster.getPartitions()) {
      if (node.is(RedisClusterNode.NodeFlag.UPSTREAM) && !node.getSlots().isEmpty()) {
        primaries.add(node.getNodeId());
      }
    }
    primaries.sort(null);
    int slash = cursor.indexOf('/');
    if (!cursor.isEmpty() && slash < 0) {
      return CompletableFuture.failedFuture(wrong(cursor));
    }
    int asked = cursor.isEmpty() ? 0 : primaries.indexOf(cursor.substring(0, slash));
    boolean again = cursor.isEmpty() || asked < 0;
    int at = Math.max(0, asked);
    if (primaries.isEmpty()) {
      return CompletableFuture.failedFuture(new IllegalStateException("no primary is known"));
    }
    String node = primaries.get(at);
    return cluster
        .getConnectionAsync(node)
        .thenCompose(connection -> scan(
            connection.async(),
            pattern,
            again ? "" : cursor.substring(slash + 1),
            limit,
            List.of()))
        .thenApply(page -> {
          if (!page.next().isEmpty()) {
            return new KeyPage(page.keys(), node + '/' + page.next());
          }
          return new KeyPage(
              page.keys(), at + 1 < primaries.size() ? primaries.get(at + 1) + "/0" : "");
        });
  }

  private static CompletionStage<KeyPage> scan(
      RedisKeyAsyncCommands<String, byte[]> commands,
      String pattern,
      String cursor,
      int limit,
      List<String> before) {
    if (!cursor.isEmpty() && !cursor.matches("\\d{1,20}")) {
      return CompletableFuture.failedFuture(wrong(cursor));
    }
    int count = Math.min(limit, KEYS_PER_COMMAND);
    ScanArgs arguments =
        ScanArgs.Builder.limit(count).match(pattern.getBytes(StandardCharsets.UTF_8));
    CompletionStage<KeyScanCursor<String>> step =
        commands.scan(ScanCursor.of(cursor.isEmpty() ? "0" : cursor), arguments);
    return step.thenCompose(found -> {
      List<String> all = new ArrayList<>(before);
      all.addAll(found.getKeys());
      if (found.isFinished()) {
        return CompletableFuture.completedFuture(new KeyPage(all, ""));
      }
      return limit > count
          ? scan(commands, pattern, found.getCursor(), limit - count, all)
          : CompletableFuture.completedFuture(new KeyPage(all, found.getCursor()));
    });
  }

  /** What the server leaves out beforehand; it may let through what is not asked for. */
  static String pattern(String keyPrefix, String contains) {
    boolean mayBeginInPrefix = contains.isEmpty() || keyPrefix.contains(contains);
    for (int i = 1; i < contains.length() && !mayBeginInPrefix; i++) {
      mayBeginInPrefix = keyPrefix.endsWith(contains.substring(0, i));
    }
    return escaped(keyPrefix) + (mayBeginInPrefix ? "*" : "*" + escaped(contains) + "*");
  }

  private static String escaped(String text) {
    return text.replaceAll("[\\\\*?\\[\\]^-]", "\\\\$0");
  }

  private static IllegalArgumentException wrong(@Nullable String cursor) {
    return new IllegalArgumentException("cursor: '" + cursor + "' is of another store");
  }
}
