package dev.larder.internal.engine;

import dev.larder.internal.l1.L1Entry;
import dev.larder.internal.load.Flight;
import dev.larder.internal.node.Moment;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The loads under way in this process, at most one to join for each key. Safe for many threads.
 *
 * @param <K> key type
 * @param <V> value type
 */
final class Flights<K, V> {

  /** A flight ended without a result. */
  private static final class Yielded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Yielded() {
      super("the flight was given up", null, false, false);
    }
  }

  private final ConcurrentMap<K, Flight<K, V>> flights = new ConcurrentHashMap<>();

  /** Enters a flight for others to join; null if it was entered, else the one that is under way. */
  @Nullable Flight<K, V> enter(K key, Flight<K, V> mine) {
    return flights.putIfAbsent(key, mine);
  }

  /** Begins a flight for a refresh; null if one is under way. */
  @Nullable Flight<K, V> begin(K key, long now, @Nullable Moment since) {
    Flight<K, V> mine = new Flight<>(now, false, since);
    return enter(key, mine) == null ? mine : null;
  }

  /** Puts a flight in the place of an older one, which goes on for those who joined it. */
  void overtake(K key, Flight<K, V> older, Flight<K, V> mine) {
    flights.replace(key, older, mine);
  }

  /** The flight of a key that is under way, if any. */
  @Nullable Flight<K, V> get(K key) {
    return flights.get(key);
  }

  /** Ends a flight with an entry for all who joined it. */
  void land(K key, Flight<K, V> flight, L1Entry<K, V> entry) {
    flights.remove(key, flight);
    flight.land(entry);
  }

  /** Ends a flight with a failure for all who joined it. */
  void abandon(K key, Flight<K, V> flight, Throwable failure) {
    flights.remove(key, flight);
    flight.fail(failure);
  }

  /** Gives up a flight without a result; those who joined it look for themselves. */
  void giveUp(K key, Flight<K, V> flight) {
    abandon(key, flight, new Yielded());
  }

  /** Whether a flight ended without a result. */
  static boolean isGivenUp(Throwable failure) {
    return failure instanceof Yielded;
  }
}
