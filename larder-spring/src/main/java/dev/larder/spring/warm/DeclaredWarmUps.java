package dev.larder.spring.warm;

import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.warm.WarmPlan;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * The warm-ups of an application: checked when every bean is there, declared, and where they say so
 * begun, when the context is.
 */
public final class DeclaredWarmUps
    implements SmartInitializingSingleton, ApplicationListener<ContextRefreshedEvent> {

  private final Larder larder;
  private final ApplicationContext context;
  private final ConfigurableListableBeanFactory beans;
  private Map<String, WarmPlan<?, ?>> plans = Map.of();

  /** For the beans of one application. */
  public DeclaredWarmUps(
      Larder larder, ApplicationContext context, ConfigurableListableBeanFactory beans) {
    this.larder = larder;
    this.context = context;
    this.beans = beans;
  }

  @Override
  public void afterSingletonsInstantiated() {
    Map<String, WarmPlan<?, ?>> found = new LinkedHashMap<>();
    beans.getBeansOfType(WarmPlan.class).forEach((bean, plan) -> add(found, plan));
    methods().forEach(method -> add(found, method.plan()));
    plans = found;
  }

  private static void add(Map<String, WarmPlan<?, ?>> found, WarmPlan<?, ?> plan) {
    if (found.putIfAbsent(plan.name(), plan) != null) {
      throw new ConfigurationException(
          "warm-up " + plan.name() + ": there is one of this name already; give it another");
    }
  }

  @Override
  public void onApplicationEvent(ContextRefreshedEvent event) {
    if (event.getApplicationContext().equals(context)) {
      plans.values().forEach(larder.warming()::declare);
      plans = Map.of();
    }
  }

  /** The annotated methods of all beans. No bean is made for that. */
  private List<WarmMethod> methods() {
    List<WarmMethod> methods = new ArrayList<>();
    for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
      Class<?> type = ScopedProxyUtils.isScopedTarget(name)
          ? null
          : AutoProxyUtils.determineTargetClass(beans, name);
      if (type == null || !AnnotationUtils.isCandidateClass(type, Warms.class)) {
        continue;
      }
      Map<Method, Warms> annotated =
          MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<Warms>)
              method -> AnnotatedElementUtils.findMergedAnnotation(method, Warms.class));
      annotated.forEach((method, warms) ->
          methods.add(new WarmMethod(beans, name, type, method, warms, this::resolved)));
    }
    return methods;
  }

  private String resolved(String text) {
    String resolved = beans.resolveEmbeddedValue(text);
    return resolved == null ? "" : resolved;
  }
}
