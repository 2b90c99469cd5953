package dev.larder.redis;

import dev.larder.testkit.EmbeddedRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A cluster of three primaries on loopback, each with a third of the hash slots. */
final class RedisClusterNodes implements AutoCloseable {

  private static final int NODES = 3;
  private static final int HASH_SLOTS = 16_384;

  private final List<EmbeddedRedis> nodes = new ArrayList<>();

  RedisClusterNodes() {
    for (int i = 0; i < NODES; i++) {
      EmbeddedRedis node =
          EmbeddedRedis.start("--cluster-enabled", "yes", "--cluster-node-timeout", "5000");
      nodes.add(node);
      Stream<String> slots = IntStream.range(i * HASH_SLOTS / NODES, (i + 1) * HASH_SLOTS / NODES)
          .mapToObj(Integer::toString);
      node.command(Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slots).toArray(String[]::new));
      node.command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(nodes.get(0).port()));
    }
    Stores.eventually(() -> nodes.stream().allMatch(RedisClusterNodes::knowsAll));
  }

  private static boolean knowsAll(EmbeddedRedis node) {
    String info = node.command("CLUSTER", "INFO");
    return info.contains("cluster_state:ok")
        && info.contains("cluster_known_nodes:" + NODES)
        && info.contains("cluster_slots_ok:" + HASH_SLOTS);
  }

  String uri() {
    return nodes.stream()
        .map(node -> "127.0.0.1:" + node.port())
        .collect(Collectors.joining(",", "redis-cluster://", ""));
  }

  List<EmbeddedRedis> nodes() {
    return nodes;
  }

  /** Runs a command on the node that has its key. */
  String command(String... command) {
    for (EmbeddedRedis node : nodes) {
      try {
        return node.command(command);
      } catch (IllegalStateException e) {
        if (!String.valueOf(e.getMessage()).contains("MOVED")) {
          throw e;
        }
      }
    }
    throw new IllegalStateException("no node has the key of " + List.of(command));
  }

  @Override
  public void close() {
    nodes.forEach(EmbeddedRedis::close);
  }
}
