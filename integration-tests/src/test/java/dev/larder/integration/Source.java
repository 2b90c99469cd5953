package dev.larder.integration;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Where the truth lies: a version for each place. Counts what is read. Safe for many threads. */
final class Source {

  private final Map<Place, AtomicLong> versions = new ConcurrentHashMap<>();
  private final AtomicInteger loads = new AtomicInteger();

  /** The loader. */
  String load(Place place) {
    loads.incrementAndGet();
    return now(place);
  }

  /** What a read of the place ought to give now. */
  String now(Place place) {
    return value(place, version(place).get());
  }

  /** Changes a place, and gives its new value. */
  String change(Place place) {
    return value(place, version(place).incrementAndGet());
  }

  /** How often something was loaded. */
  int loads() {
    return loads.get();
  }

  private AtomicLong version(Place place) {
    return versions.computeIfAbsent(place, ignored -> new AtomicLong(1));
  }

  static String value(Place place, long version) {
    return place.region() + "/" + place.id() + " v" + version;
  }

  /** The version that a value was of. */
  static long version(String value) {
    return Long.parseLong(value.substring(value.lastIndexOf('v') + 1));
  }
}
