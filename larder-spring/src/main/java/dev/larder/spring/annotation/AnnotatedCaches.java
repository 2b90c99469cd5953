package dev.larder.spring.annotation;

import dev.larder.Acknowledgement;
import dev.larder.Cache;
import dev.larder.CacheScope;
import dev.larder.Larder;
import dev.larder.key.KeyEncoder;
import dev.larder.key.KeySettings;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.internal.Templates;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodClassKey;
import org.springframework.core.ResolvableType;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * The caches of all annotated methods, made and checked when every bean is there. Calls before that, in
 * the start of the application, go round the caches.
 *
 * <p>Safe for many threads.
 */
public final class AnnotatedCaches implements SmartInitializingSingleton {

  private final Larder larder;
  private final CachePolicies policies;
  private final CallerIdentity identity;
  private final ConfigurableListableBeanFactory beans;
  private final Map<String, Cache<List<@Nullable Object>, Object>> caches = new LinkedHashMap<>();
  private final Map<String, KeyForm> forms = new LinkedHashMap<>();
  private volatile Map<MethodClassKey, MethodPlan> plans = Map.of();

  /** For the beans of one application. */
  public AnnotatedCaches(
      Larder larder,
      CachePolicies policies,
      CallerIdentity identity,
      ConfigurableListableBeanFactory beans) {
    this.larder = larder;
    this.policies = policies;
    this.identity = identity;
    this.beans = beans;
  }

  /**
   * Ends the entry of one call of a {@link Cached} method, named by making it: {@code
   * caches.invalidate(() -> stories.byAuthor(7))}. The method does not run, and its key is the one that
   * the call would have, whoever is asking included. In a transaction it waits for the commit.
   *
   * @param call calls one cached method of a bean and does nothing else; what it returns is ignored
   * @throws IllegalArgumentException if no cached method was called (whatever was called has then run), or
   *     several were, or more was done than calling one
   */
  public Acknowledgement invalidate(Callable<?> call) {
    return NamedCall.by(call).invalidate();
  }

  /**
   * As {@link #invalidate(Callable)}, where the bean is not at hand.
   *
   * @param type the bean's class, or an interface of it
   * @param method the method's name
   * @param arguments of the call, of the very types that the method takes: {@code 7L} for a {@code long}
   * @throws IllegalArgumentException if there is no such method with {@link Cached} that takes these
   *     arguments, or several
   */
  public Acknowledgement invalidate(Class<?> type, String method, @Nullable Object... arguments) {
    return NamedCall.of(plans.values(), type, method, arguments).invalidate();
  }

  /** What to do with calls of a method; null: let it run. */
  @Nullable MethodPlan plan(Method method, Class<?> type) {
    return plans.get(new MethodClassKey(method, type));
  }

  // ---- at the start

  @Override
  public void afterSingletonsInstantiated() {
    Collection<AnnotatedMethod> methods = AnnotatedMethod.of(beans);
    Map<String, CacheGroup> groups = new LinkedHashMap<>();
    for (AnnotatedMethod each : methods) {
      Declaration declaration = declaration(each);
      if (declaration != null) {
        groups.computeIfAbsent(declaration.cache(), name -> new CacheGroup()).add(declaration);
        forms.putIfAbsent(
            declaration.cache(), new KeyForm(null, "", declaration.scope(), identity));
      }
    }
    groups.forEach((name, group) -> caches.put(name, group.build(larder, policies)));
    Map<MethodClassKey, MethodPlan> made = new LinkedHashMap<>();
    for (AnnotatedMethod each : methods) {
      made.put(new MethodClassKey(each.method(), each.type()), planOf(each));
    }
    plans = made;
  }

  private String expand(String text) {
    return Objects.requireNonNullElse(beans.resolveEmbeddedValue(text), "");
  }

  private String[] expand(String[] texts) {
    return Arrays.stream(texts).map(this::expand).toArray(String[]::new);
  }

  private String cacheName(AnnotatedMethod annotated, String given) {
    return given.isBlank()
        ? annotated.type().getSimpleName() + "." + annotated.method().getName()
        : expand(given);
  }

  private @Nullable Declaration declaration(AnnotatedMethod annotated) {
    Cached one = annotated.cached();
    CachedAll all = annotated.cachedAll();
    Method method = annotated.method();
    if (one != null && all != null) {
      throw Fault.of(Cached.class, method, "it has @CachedAll too", "keep one of them");
    }
    if (one != null) {
      if (one.scope() != CacheScope.PUBLIC && identity.isNobodyKnown()) {
        throw Fault.of(
            Cached.class,
            method,
            "scope " + one.scope() + " needs to know who is asking",
            "add Spring Security or a bean of type " + CallerIdentity.class.getName());
      }
      return new Declaration(
          cacheName(annotated, one.cache()),
          Cached.class,
          method,
          ReturnForm.of(Cached.class, annotated.type(), method).stored(),
          expand(one.ttl()),
          expand(one.staleFor()),
          expand(one.negativeTtl()),
          one.version(),
          one.scope(),
          one.capture(),
          true,
          null);
    }
    if (all == null) {
      return null;
    }
    BulkForm form = BulkForm.of(annotated.type(), method, all);
    List<Expression> tags = new Expressions(CachedAll.class, method)
        .templates("tags", expand(all.tags()), Expressions.RESULT, "id");
    return new Declaration(
        cacheName(annotated, all.cache()),
        CachedAll.class,
        method,
        form.stored(),
        expand(all.ttl()),
        expand(all.staleFor()),
        expand(all.negativeTtl()),
        all.version(),
        CacheScope.PUBLIC,
        false,
        false,
        tags.isEmpty() ? null : elementTags(tags));
  }

  private static BiFunction<List<@Nullable Object>, Object, Collection<String>> elementTags(
      List<Expression> tags) {
    return (List<@Nullable Object> key, Object value) -> {
      StandardEvaluationContext context = new StandardEvaluationContext();
      context.setVariable("id", key.size() == 1 ? key.get(0) : key);
      context.setVariable(Expressions.RESULT, value);
      return Templates.texts(tags, context);
    };
  }

  private MethodPlan planOf(AnnotatedMethod annotated) {
    Method method = annotated.method();
    Operation main = null;
    Cached one = annotated.cached();
    CachedAll all = annotated.cachedAll();
    Writes writes = annotated.writes();
    if (writes != null && (one != null || all != null)) {
      throw Fault.of(Writes.class, method, "it is cached too", "keep one of them");
    }
    if (one != null) {
      main = cached(annotated, one);
    } else if (all != null) {
      BulkForm form = BulkForm.of(annotated.type(), method, all);
      main = new CachedAllOperation(
          cacheNamed(cacheName(annotated, all.cache())),
          form.id(),
          form.givesMap(),
          form.takesSet());
    } else if (writes != null) {
      main = writes(annotated, writes);
    }
    List<InvalidatesOperation> invalidations = new ArrayList<>();
    for (Invalidates each : annotated.invalidates()) {
      invalidations.add(invalidates(annotated, each));
    }
    ReturnForm form = invalidations.isEmpty() || method.getReturnType() == void.class
        ? null
        : ReturnForm.lenient(annotated.type(), method);
    return new MethodPlan(main, invalidations, form, larder, annotated);
  }

  private Cache<List<@Nullable Object>, Object> cacheNamed(String name) {
    return Objects.requireNonNull(caches.get(name));
  }

  private Operation cached(AnnotatedMethod annotated, Cached cached) {
    Method method = annotated.method();
    Expressions expressions = new Expressions(Cached.class, method);
    Expression key = expressions.optional("key", expand(cached.key()));
    if (key == null) {
      checkArguments(annotated);
    }
    return new CachedOperation(
        cacheNamed(cacheName(annotated, cached.cache())),
        ReturnForm.of(Cached.class, annotated.type(), method),
        new KeyForm(key, MethodKeys.id(annotated.type(), method), cached.scope(), identity),
        expressions.templates("tags", expand(cached.tags()), Expressions.RESULT),
        expressions.optional("condition", expand(cached.condition())),
        expressions.optional("unless", expand(cached.unless()), Expressions.RESULT));
  }

  /** Arguments become key parts, so each needs a stable form. */
  private static void checkArguments(AnnotatedMethod annotated) {
    Method method = annotated.method();
    KeyEncoder encoder = KeyEncoder.of(KeySettings.of("larder", "cache"));
    Type[] types = method.getGenericParameterTypes();
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < types.length; i++) {
      Type type = GenericTypeResolver.resolveType(types[i], annotated.type());
      try {
        encoder.check(ResolvableType.forClassWithGenerics(List.class, ResolvableType.forType(type))
            .getType());
      } catch (RuntimeException fault) {
        String reason = String.valueOf(fault.getMessage());
        throw Fault.of(
            Cached.class,
            method,
            "argument \"" + parameters[i].getName() + "\" can't be part of a key: "
                + reason.substring(reason.indexOf("key") + 3).replaceFirst("^[^:]*: ", ""),
            "or name the key, such as key = \"#" + parameters[i].getName() + ".id\"",
            fault);
      }
    }
  }

  private Operation writes(AnnotatedMethod annotated, Writes writes) {
    Method method = annotated.method();
    Expressions expressions = new Expressions(Writes.class, method);
    CacheTarget target = target(Writes.class, method, expand(writes.cache()));
    ReturnForm form = ReturnForm.of(Writes.class, annotated.type(), method);
    if (form.answer() != ReturnForm.Answer.AT_ONCE) {
      throw Fault.of(
          Writes.class,
          method,
          "it answers later, and a write must have happened when it returns",
          "return the value itself, or use @Invalidates");
    }
    Type held = target.cache().policy().valueType().type();
    if (!held.getTypeName()
            .equals(ResolvableType.forType(form.stored()).getType().getTypeName())
        && !ReturnForm.raw(held).equals(ReturnForm.raw(form.stored()))) {
      throw Fault.of(
          Writes.class,
          method,
          "it returns " + form.stored().getTypeName() + ", and the cache \""
              + target.cache().name() + "\" holds " + held.getTypeName(),
          "return what the cache holds, or use @Invalidates");
    }
    return new WritesOperation(
        target,
        form,
        expressions.parse("key", expand(writes.key()), Expressions.RESULT),
        expressions.optional("condition", expand(writes.condition())));
  }

  private InvalidatesOperation invalidates(AnnotatedMethod annotated, Invalidates it) {
    Method method = annotated.method();
    Expressions expressions = new Expressions(Invalidates.class, method);
    boolean namesCache = !it.cache().isBlank();
    boolean needsCache = !it.key().isBlank() || !it.prefix().isBlank() || it.all();
    if (needsCache && !namesCache) {
      throw Fault.of(
          Invalidates.class, method, "key, prefix and all speak of a cache", "name it by cache");
    }
    if (namesCache && !needsCache) {
      throw Fault.of(
          Invalidates.class,
          method,
          "it does not say what of the cache \"" + it.cache() + "\" it ends",
          "add key, prefix, or all = true");
    }
    if (!namesCache && it.tags().length == 0) {
      throw Fault.of(
          Invalidates.class, method, "it ends nothing", "add tags, or a cache and a key");
    }
    return new InvalidatesOperation(
        namesCache ? target(Invalidates.class, method, expand(it.cache())) : null,
        expressions.templates("tags", expand(it.tags()), Expressions.RESULT),
        expressions.optional("key", expand(it.key()), Expressions.RESULT),
        expressions.optional("prefix", expand(it.prefix()), Expressions.RESULT),
        it.all(),
        expressions.optional("condition", expand(it.condition()), Expressions.RESULT));
  }

  /** The cache of a name, declared by an annotation or made by hand. */
  @SuppressWarnings("unchecked")
  private CacheTarget target(Class<? extends Annotation> annotation, Method method, String name) {
    Cache<?, ?> cache = caches.get(name);
    KeyForm form = forms.get(name);
    if (cache == null) {
      cache = larder.find(name).orElse(null);
    }
    if (cache == null) {
      Set<String> names = new TreeSet<>(larder.cacheNames());
      throw Fault.of(
          annotation, method, "there is no cache \"" + name + "\"", "the caches are " + names);
    }
    return new CacheTarget((Cache<Object, Object>) cache, form);
  }
}
