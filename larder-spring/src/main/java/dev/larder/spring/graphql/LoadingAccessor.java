package dev.larder.spring.graphql;

import dev.larder.Loading;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Takes a load along wherever Micrometer's context goes: to the fetchers of a query and to batch loaders,
 * on whatever thread they run.
 */
final class LoadingAccessor implements ThreadLocalAccessor<Loading> {

  static final String KEY = "dev.larder.loading";

  private static final ThreadLocal<Deque<Loading.Binding>> BOUND =
      ThreadLocal.withInitial(ArrayDeque::new);

  @Override
  public Object key() {
    return KEY;
  }

  @Override
  public @Nullable Loading getValue() {
    return Loading.current();
  }

  @Override
  public void setValue(Loading loading) {
    BOUND.get().push(loading.bind());
  }

  /** A snapshot without a load changes nothing: a load that is under way here goes on. */
  @Override
  public void setValue() {
    BOUND.get().push(() -> {});
  }

  @Override
  public void restore(Loading before) {
    restore();
  }

  @Override
  public void restore() {
    Deque<Loading.Binding> bound = BOUND.get();
    Loading.Binding last = bound.poll();
    if (last != null) {
      last.close();
    }
    if (bound.isEmpty()) {
      BOUND.remove();
    }
  }
}
