package dev.larder.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;

/** Every bean that is of a public type of Larder's gives way to one of the application's own. */
class ReplaceableBeansTest {

  /** They stand beside others of their type, and are taken away by a property. */
  private static final Set<String> ADDED =
      Set.of("larderLoadObservations", "larderFlushBeforeOutbox", "larderTemplateCheck");

  private static Stream<Method> beans(Class<?> configuration) {
    return Stream.concat(
        Arrays.stream(configuration.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Bean.class)),
        Arrays.stream(configuration.getDeclaredClasses()).flatMap(ReplaceableBeansTest::beans));
  }

  private static boolean isReplaceable(Method bean) {
    Class<?> configuration = bean.getDeclaringClass();
    return bean.isAnnotationPresent(ConditionalOnMissingBean.class)
        || configuration.isAnnotationPresent(ConditionalOnMissingBean.class);
  }

  @Test
  void everyBean_isReplaceable() {
    ClassLoader loader = getClass().getClassLoader();
    List<Method> ours =
        ImportCandidates.load(AutoConfiguration.class, loader).getCandidates().stream()
            .filter(name -> name.startsWith("dev.larder.spring.boot."))
            .flatMap(name -> beans(load(name, loader)))
            .filter(bean -> bean.getReturnType().getName().startsWith("dev.larder.")
                && Modifier.isPublic(bean.getReturnType().getModifiers()))
            .toList();

    assertThat(ours).hasSizeGreaterThan(12);
    assertThat(ours)
        .filteredOn(bean -> !isReplaceable(bean))
        .extracting(Method::getName)
        .containsExactlyInAnyOrderElementsOf(ADDED);
  }

  private static Class<?> load(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
