package dev.larder.web;

import dev.larder.stats.RouteStats;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts by a text. Of texts there is a bounded number of bounded length, since a handler that goes
 * through all headers of a request names what the client sent. Safe for many threads.
 */
final class Reasons {

  static final int MOST = 20;
  static final int LONGEST = 120;

  private final ConcurrentMap<String, LongAdder> counts = new ConcurrentHashMap<>();

  void add(String text) {
    String name = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    LongAdder count = counts.get(name);
    if (count == null) {
      String kept = counts.size() < MOST ? name : RouteStats.OTHERS;
      count = counts.computeIfAbsent(kept, unused -> new LongAdder());
    }
    count.increment();
  }

  Map<String, Long> all() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((text, count) -> all.put(text, count.sum()));
    return all;
  }
}
