package dev.larder.integration;

import dev.larder.Acknowledgement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What reads may answer: on a node, nothing older than what was changed before an invalidation that
 * the node made; with a position, nothing older than what was changed before that invalidation on any
 * node. Versions of a place only grow. Safe for many threads.
 */
final class Truth {

  /** An acknowledged invalidation, and the version that it makes the least. */
  record Promise(Acknowledgement done, Place place, long version) {}

  private final Source source;
  private final Map<String, AtomicLong> least = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> stale = new ConcurrentLinkedQueue<>();
  private final AtomicLong checked = new AtomicLong();

  Truth(Source source) {
    this.source = source;
  }

  /** Changes a place and ends its entry. */
  Promise change(Node node, Place place, Ending ending) {
    long version = Source.version(source.change(place));
    Acknowledgement done = ending.end(node, place);
    least(node, place).accumulateAndGet(version, Math::max);
    return new Promise(done, place, version);
  }

  /** Reads a place and checks the answer against what this node has acknowledged. */
  void read(Node node, Place place) {
    long owed = least(node, place).get();
    check(owed, node.get(place), "on its own node");
  }

  /** Reads a place anywhere, with nothing older than a promise; deferred ones are not owed there. */
  void read(Node node, Promise promise) {
    if (promise.done() instanceof Acknowledgement.Appended) {
      check(
          promise.version(),
          node.getAtLeast(promise.done(), promise.place()),
          "at least at " + promise.done());
    }
  }

  private void check(long owed, String value, String where) {
    checked.incrementAndGet();
    if (Source.version(value) < owed) {
      stale.add(where + ": read " + value + ", owed v" + owed);
    }
  }

  private AtomicLong least(Node node, Place place) {
    return least.computeIfAbsent(
        System.identityHashCode(node.larder()) + "/" + place, ignored -> new AtomicLong());
  }

  /** Answers that were too old. */
  ConcurrentLinkedQueue<String> stale() {
    return stale;
  }

  /** How many answers were checked. */
  long checked() {
    return checked.get();
  }
}
