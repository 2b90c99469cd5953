package dev.larder.internal.load;

import dev.larder.CachePolicy;
import dev.larder.CacheScope;
import dev.larder.Loading;
import dev.larder.internal.node.Mark;
import dev.larder.log.Target;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a load has said of its entry, and the stack of loads on a thread.
 *
 * <p>{@link #open} and {@link #close} bracket the loader's call on its thread; the state itself goes on
 * to the fill, which may come later and elsewhere.
 */
public final class LoadState implements Loading {

  private static final ThreadLocal<@Nullable LoadState> CURRENT = new ThreadLocal<>();

  private final String cache;
  private final boolean isCapturing;
  private final CacheScope scope;
  private final @Nullable LoadState outer;
  private final @Nullable LoadState before;
  private final Supplier<@Nullable Previous> previous;
  private final Set<String> tags = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Duration ttl;
  private volatile @Nullable String refusal;
  private volatile @Nullable Previous seen;
  private volatile long nanos;

  private LoadState(
      String cache,
      CachePolicy<?, ?> policy,
      @Nullable LoadState outer,
      @Nullable LoadState before,
      Supplier<@Nullable Previous> previous) {
    this.cache = cache;
    this.isCapturing = policy.capture();
    this.scope = policy.scope();
    this.outer = outer;
    this.before = before;
    this.previous = previous;
  }

  /** Begins a load on this thread, of which nothing is known that it is to replace. */
  public static LoadState open(String cache, CachePolicy<?, ?> policy) {
    return open(cache, policy, CURRENT.get(), () -> null);
  }

  /**
   * Begins a load on this thread that was asked for inside of another one, maybe on another thread.
   *
   * @param outer the load around it, or null
   * @param previous what it is to replace, if that is valid when it is asked for
   */
  public static LoadState open(
      String cache,
      CachePolicy<?, ?> policy,
      @Nullable LoadState outer,
      Supplier<@Nullable Previous> previous) {
    if (outer != null && policy.scope() != CacheScope.PUBLIC) {
      outer.identityWasRead("cache " + cache, policy.scope());
    }
    LoadState state = new LoadState(cache, policy, outer, CURRENT.get(), previous);
    CURRENT.set(state);
    if (state.isCapturing) {
      Heed.enter();
    }
    return state;
  }

  /** Keeps how long the load of one entry took. */
  public void took(long time) {
    nanos = time;
  }

  /** How long the load of its entry took, nanoseconds; 0 if that is not known. */
  public long nanos() {
    return nanos;
  }

  /** The loader has returned: this thread goes on with the load that it had before. */
  public void close() {
    if (isCapturing) {
      Heed.leave();
    }
    setCurrent(before);
  }

  private static void setCurrent(@Nullable LoadState state) {
    if (state == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(state);
    }
  }

  @Override
  public Binding bind() {
    LoadState here = CURRENT.get();
    for (LoadState state = here; state != null; state = state.outer) {
      if (state == this) {
        return () -> {};
      }
    }
    CURRENT.set(this);
    // The thread that began the load may have left it already, and with it the count.
    Heed.enter();
    return () -> {
      Heed.leave();
      setCurrent(here);
    };
  }

  /** The innermost load on this thread. */
  public static @Nullable LoadState current() {
    return CURRENT.get();
  }

  /** See {@link Loading#readIdentity}. */
  public static void readIdentity(String input, CacheScope least) {
    LoadState state = CURRENT.get();
    if (state != null) {
      state.identityWasRead(input, least);
    }
  }

  /** As {@link #readIdentity}, inside of this load. */
  public void identityWasRead(String input, CacheScope least) {
    for (LoadState state = this; state != null; state = state.outer) {
      if (state.scope.compareTo(least) < 0) {
        state.doNotStore("it is of scope " + state.scope + " and its load read the " + input);
      }
    }
  }

  /**
   * The transaction of the loads on this thread has written: what they read may never commit.
   *
   * @param around the load that the transaction began in, which may go on; null if it began in none
   */
  public static void refuse(@Nullable LoadState around) {
    for (LoadState state = CURRENT.get(); state != null && state != around; state = state.outer) {
      state.doNotStore("its transaction has written meanwhile");
    }
  }

  /** A read inside of this load was answered by an entry with these marks; loads that capture note them. */
  public void read(Mark[] marks) {
    note(marks);
  }

  /** This load's own entry came to these marks; the loads around it that capture note them. */
  public void loaded(Mark[] marks) {
    if (outer != null) {
      outer.note(marks);
    }
  }

  private void note(Mark[] marks) {
    for (LoadState state = this; state != null; state = state.outer) {
      if (state.isCapturing) {
        for (Mark mark : marks) {
          Target target = mark.target();
          if (target.kind() == Target.Kind.TAG) {
            state.tags.add(target.id());
          } else if (target.kind() != Target.Kind.ALL) {
            state.tags.add(Dependency.of(target));
          }
        }
      }
    }
  }

  /** Tags that the load named, besides those of the policy. */
  public Set<String> tags() {
    return tags;
  }

  /** The longest ttl, or null if the load said nothing of it. */
  public @Nullable Duration ttl() {
    return ttl;
  }

  /** Why the value must not be stored, or null. */
  public @Nullable String refusal() {
    return refusal;
  }

  @Override
  public String cache() {
    return cache;
  }

  @Override
  public boolean isCapturing() {
    return isCapturing;
  }

  @Override
  public Loading tag(String... more) {
    return tags(List.of(more));
  }

  @Override
  public Loading tags(Collection<String> more) {
    more.forEach(tag -> tags.add(Dependency.checkTag(tag)));
    return this;
  }

  @Override
  public Loading dependsOn(Collection<String> more) {
    for (LoadState state = this; state != null; state = state.outer) {
      if (state.isCapturing) {
        state.tags(more);
      }
    }
    return this;
  }

  @Override
  public <T> @Nullable T previous(Class<T> type) {
    Previous found = previous.get();
    if (found == null || !type.isInstance(found.value())) {
      return null;
    }
    seen = found;
    return type.cast(found.value());
  }

  @Override
  public Loading keepTags() {
    // What ended that entry meanwhile is younger than this load, and ends what comes of it too.
    Previous kept = seen;
    if (kept != null) {
      tags.addAll(kept.tags());
    }
    return this;
  }

  @Override
  public Loading ttl(Duration atMost) {
    synchronized (tags) {
      Duration named = ttl;
      ttl = named == null || atMost.compareTo(named) < 0 ? atMost : named;
    }
    return this;
  }

  @Override
  public Loading doNotStore(String reason) {
    refusal = reason;
    return this;
  }
}
