package dev.larder.spring.cache;

import dev.larder.Loader;
import dev.larder.Loading;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.interceptor.CacheOperationInvoker;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ObjectUtils;

/**
 * One call of an annotated method: runs it as the load of all the entries that its {@code @Cacheable}
 * operations missed, one load inside the other.
 *
 * <p>With a {@code @CachePut} on the same method it has to run whatever others load meanwhile, so the
 * entries are refreshed then.
 */
final class Invocation implements CacheOperationInvoker {

  private final CacheOperationInvoker call;
  private final Class<?> returned;
  private final Thread caller = Thread.currentThread();
  private final List<FillRule> rules = new ArrayList<>(2);

  Invocation(CacheOperationInvoker call, Method method) {
    this.call = call;
    this.returned = method.getReturnType();
  }

  void add(FillRule rule) {
    rules.add(rule);
  }

  boolean isFuture() {
    return CompletableFuture.class.isAssignableFrom(returned);
  }

  /** Whether the call looks into one cache once, and need not run after a hit. */
  boolean isSingleFill() {
    return !hasPut()
        && rules.stream().filter(FillRule::isFill).count() == 1
        && rules.stream().filter(FillRule::isFill).allMatch(rule -> rule.views().size() == 1);
  }

  private boolean hasPut() {
    return rules.stream().anyMatch(FillRule::isPut);
  }

  @Override
  public @Nullable Object invoke() {
    List<Fill> fills = fills();
    if (fills.isEmpty()) {
      return call.invoke();
    }
    if (isFuture()) {
      return hasPut() ? call.invoke() : load(fills, 0, this::callForFuture);
    }
    ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(returned);
    if (adapter != null) {
      return hasPut()
          ? call.invoke()
          : ReactiveLoad.of(adapter, call, caller, leaf -> load(fills, 0, leaf));
    }
    Object value = load(fills, 0);
    return returned == Optional.class && !(value instanceof Optional)
        ? Optional.ofNullable(value)
        : value;
  }

  @Nullable Object load(FillView view, List<@Nullable Object> tuple) {
    return load(List.of(new Fill(view, tuple)), 0);
  }

  CompletableFuture<@Nullable Object> loadAsync(FillView view, List<@Nullable Object> tuple) {
    return load(List.of(new Fill(view, tuple)), 0, this::callForFuture);
  }

  /** An entry to fill. */
  private record Fill(FillView view, List<@Nullable Object> tuple) {
    dev.larder.Cache<List<@Nullable Object>, Object> cache() {
      return view.getNativeCache();
    }

    /** Keeps the value out of the cache where {@code unless} says so. */
    @Nullable Object checked(@Nullable Loading loading, @Nullable Object value) {
      if (loading != null && !view.rule().mayStore(value)) {
        loading.ttl(Duration.ZERO);
      }
      return value;
    }
  }

  /** What was missed; nothing if any look was a hit, as Spring then stores nothing either. */
  private List<Fill> fills() {
    Object noValue = rules.stream()
        .filter(FillRule::isFill)
        .map(FillRule::noValue)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
    // One fill for a slot, though two operations may name it: a load inside itself stores nothing.
    Map<Object, Fill> fills = new LinkedHashMap<>();
    for (FillRule rule : rules) {
      Object key = rule.isFill() ? rule.key(noValue) : null;
      if (key == null) {
        continue;
      }
      for (Cache cache : rule.views()) {
        if (cache instanceof FillView view) {
          if (view.isHit()) {
            return List.of();
          }
          List<@Nullable Object> tuple = view.wanted(key);
          if (tuple != null) {
            fills.putIfAbsent(List.of(view.getName(), tuple), new Fill(view, tuple));
          }
        }
      }
    }
    return List.copyOf(fills.values());
  }

  private @Nullable Object load(List<Fill> fills, int from) {
    if (from == fills.size()) {
      return ObjectUtils.unwrapOptional(call.invoke());
    }
    Fill fill = fills.get(from);
    Loader<List<@Nullable Object>, Object, RuntimeException> loader =
        key -> fill.checked(Loading.current(), load(fills, from + 1));
    return hasPut()
        ? fill.cache().refresh(fill.tuple(), loader)
        : fill.cache().get(fill.tuple(), loader);
  }

  private CompletableFuture<@Nullable Object> load(
      List<Fill> fills, int from, Supplier<CompletableFuture<@Nullable Object>> leaf) {
    if (from == fills.size()) {
      return leaf.get();
    }
    Fill fill = fills.get(from);
    return fill.cache()
        .async()
        .get(fill.tuple(), key -> {
          Loading loading = Loading.current();
          return load(fills, from + 1, leaf).thenApply(value -> fill.checked(loading, value));
        })
        .toCompletableFuture();
  }

  private CompletableFuture<@Nullable Object> callForFuture() {
    return Handover.<@Nullable Object>call(caller, this::future);
  }

  private CompletableFuture<@Nullable Object> future() {
    try {
      @SuppressWarnings("unchecked")
      CompletableFuture<@Nullable Object> future =
          (CompletableFuture<@Nullable Object>) call.invoke();
      return Objects.requireNonNull(future, "the method returned no CompletableFuture");
    } catch (ThrowableWrapper failure) {
      return CompletableFuture.failedFuture(failure.getOriginal());
    }
  }

  static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  @SuppressWarnings("unchecked")
  static <X extends Throwable> RuntimeException sneak(Throwable failure) throws X {
    throw (X) failure;
  }
}
