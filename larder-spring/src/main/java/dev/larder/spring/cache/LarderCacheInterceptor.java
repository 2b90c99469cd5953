package dev.larder.spring.cache;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.cache.Cache;
import org.springframework.cache.interceptor.CacheInterceptor;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheOperationInvocationContext;
import org.springframework.cache.interceptor.CacheOperationInvoker;
import org.springframework.cache.interceptor.CachePutOperation;
import org.springframework.cache.interceptor.CacheResolver;
import org.springframework.cache.interceptor.CacheableOperation;

/**
 * Spring's interceptor, with one difference: a method annotated {@code @Cacheable} runs as the load of
 * the entries that it will fill.
 *
 * <p>Spring looks into the cache, on a miss runs the method and then puts the result. What was
 * invalidated while the method ran would be overwritten by that put, with a value read before. Here
 * each {@code @Cacheable} operation sees its caches through a {@link FillView}, which notes what was
 * missed; the method then runs inside {@link dev.larder.Cache#get(Object, dev.larder.Loader)} of those
 * caches, which stores nothing that has been overtaken; and the put of the view does nothing. With it
 * comes single flight, without {@code sync = true}. All else (keys, conditions, {@code unless}, order,
 * errors) is Spring's own code.
 *
 * <p>Caches that are not Larder's are used as ever. Safe for many threads.
 */
public final class LarderCacheInterceptor extends CacheInterceptor {

  private static final long serialVersionUID = 1L;

  /** Between the start of {@link #execute} and the making of the last context, on one thread. */
  private static final ThreadLocal<Invocation> CURRENT = new ThreadLocal<>();

  @Override
  public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
    CacheOperationInvoker invoker = new Repeatable(invocation);
    Object target = invocation.getThis();
    if (target == null) {
      throw new IllegalStateException("an invocation without a target");
    }
    try {
      return execute(invoker, target, invocation.getMethod(), invocation.getArguments());
    } catch (CacheOperationInvoker.ThrowableWrapper failure) {
      throw failure.getOriginal();
    }
  }

  @Override
  protected @Nullable Object execute(
      CacheOperationInvoker invoker, Object target, Method method, @Nullable Object[] args) {
    Invocation invocation = new Invocation(invoker, method);
    Invocation outer = CURRENT.get();
    CURRENT.set(invocation);
    try {
      return super.execute(invocation, target, method, args);
    } finally {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }
  }

  @Override
  protected CacheOperationContext getOperationContext(
      CacheOperation operation,
      Method method,
      @Nullable Object[] args,
      Object target,
      Class<?> targetClass) {
    Operation made =
        new Operation(getCacheOperationMetadata(operation, method, targetClass), args, target);
    Invocation invocation = CURRENT.get();
    if (invocation != null) {
      invocation.add(made);
    }
    return made;
  }

  @Override
  protected Collection<? extends Cache> getCaches(
      CacheOperationInvocationContext<CacheOperation> context, CacheResolver cacheResolver) {
    Collection<? extends Cache> caches = super.getCaches(context, cacheResolver);
    Invocation invocation = CURRENT.get();
    if (invocation == null
        || !(context instanceof FillRule rule)
        || !(context.getOperation() instanceof CacheableOperation)) {
      return caches;
    }
    List<Cache> views = new ArrayList<>(caches.size());
    for (Cache cache : caches) {
      views.add(
          cache instanceof LarderCache larder ? new FillView(larder, invocation, rule) : cache);
    }
    return views;
  }

  /**
   * The rest of a call, as often as it is asked: a refresh in the background runs the method again
   * after the call is over, and one invocation object can be gone through once only.
   */
  private static final class Repeatable implements CacheOperationInvoker {

    private final MethodInvocation first;
    private @Nullable ProxyMethodInvocation fresh;
    private boolean isUsed;

    Repeatable(MethodInvocation first) {
      this.first = first;
    }

    @Override
    public @Nullable Object invoke() {
      try {
        return next().proceed();
      } catch (Throwable failure) {
        throw new ThrowableWrapper(failure);
      }
    }

    private synchronized MethodInvocation next() {
      if (isUsed) {
        return fresh == null ? first : fresh.invocableClone();
      }
      isUsed = true;
      if (first instanceof ProxyMethodInvocation proxied) {
        fresh = (ProxyMethodInvocation) proxied.invocableClone();
      }
      return first;
    }
  }

  /** Spring's context of one operation, as far as a load must know it. */
  private final class Operation extends CacheOperationContext implements FillRule {

    private @Nullable Object noResult;

    Operation(CacheOperationMetadata metadata, @Nullable Object[] args, Object target) {
      super(metadata, args, target);
    }

    @Override
    protected boolean isConditionPassing(@Nullable Object result) {
      noResult = result;
      return super.isConditionPassing(result);
    }

    @Override
    public boolean mayStore(@Nullable Object value) {
      return canPutToCache(value);
    }

    @Override
    public boolean isFill() {
      return getOperation() instanceof CacheableOperation;
    }

    @Override
    public boolean isPut() {
      return getOperation() instanceof CachePutOperation;
    }

    @Override
    public @Nullable Object key(@Nullable Object noValue) {
      Object key = getGeneratedKey();
      return key == null && noValue != null && super.isConditionPassing(noValue)
          ? generateKey(noValue)
          : key;
    }

    @Override
    public @Nullable Object noValue() {
      return noResult;
    }

    @Override
    public Collection<? extends Cache> views() {
      return getCaches();
    }
  }
}
