package dev.larder.internal.engine;

import dev.larder.Switch;
import dev.larder.Switches;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The switches of one larder; they hold for caches that are made later too. */
final class NodeSwitches implements Switches {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder");

  private static final int ALL = 100;

  private final Map<String, Share> shares = new TreeMap<>();
  private final Map<String, Integer> limited = new TreeMap<>();
  private int whole = ALL;

  @Override
  public Switch all() {
    return new Switch() {
      @Override
      public void percent(int percent) {
        check(percent);
        synchronized (NodeSwitches.this) {
          whole = percent;
          shares.forEach((name, share) -> share.set(of(name)));
        }
        logger.info("all caches: {} % of keys are cached", percent);
      }

      @Override
      public int percent() {
        synchronized (NodeSwitches.this) {
          return whole;
        }
      }
    };
  }

  @Override
  public Switch cache(String name) {
    return new Switch() {
      @Override
      public void percent(int percent) {
        check(percent);
        synchronized (NodeSwitches.this) {
          if (percent == ALL) {
            limited.remove(name);
          } else {
            limited.put(name, percent);
          }
          Share share = shares.get(name);
          if (share != null) {
            share.set(of(name));
          }
        }
        logger.info("cache {}: {} % of keys are cached", name, percent);
      }

      @Override
      public int percent() {
        synchronized (NodeSwitches.this) {
          return limited.getOrDefault(name, ALL);
        }
      }
    };
  }

  @Override
  public synchronized Map<String, Integer> limited() {
    return new TreeMap<>(limited);
  }

  /** A cache was made. */
  synchronized void add(String name, Share share) {
    shares.put(name, share);
    share.set(of(name));
  }

  /** Both switches place a key in the same way, so the smaller percentage is what both take. */
  private int of(String name) {
    return Math.min(whole, limited.getOrDefault(name, ALL));
  }

  private static void check(int percent) {
    if (percent < 0 || percent > ALL) {
      throw new IllegalArgumentException("percent: " + percent + " is not 0 to 100");
    }
  }
}
