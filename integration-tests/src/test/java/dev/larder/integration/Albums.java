package dev.larder.integration;

import dev.larder.integration.FaultSite.Member;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where the truth of a {@link FaultSite} lies: a version for each of so many ids, at first v1. */
final class Albums {

  private final long count;
  private final Map<Long, String> versions = new ConcurrentHashMap<>();

  Albums(long count) {
    this.count = count;
    commitAll("v1");
  }

  void commit(long id, String version) {
    versions.put(id, version);
  }

  void commitAll(String version) {
    for (long id = 0; id < count; id++) {
      commit(id, version);
    }
  }

  String read(Member node, long id) {
    return node.cache().get(id, versions::get);
  }

  void readAll(Member... nodes) {
    for (Member node : nodes) {
      for (long id = 0; id < count; id++) {
        read(node, id);
      }
    }
  }
}
