package dev.larder.spring.warm;

import dev.larder.ConfigurationException;
import dev.larder.warm.WarmPlan;
import dev.larder.warm.WarmPlanBuilder;
import dev.larder.warm.WarmSchedule;
import java.lang.reflect.Method;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A method with {@link Warms}, as a bean's class has it.
 *
 * @param type class of the bean
 * @param texts fills placeholders in
 */
record WarmMethod(
    BeanFactory beans,
    String bean,
    Class<?> type,
    Method method,
    Warms warms,
    UnaryOperator<String> texts) {

  /**
   * The plan that it declares.
   *
   * @throws ConfigurationException if it can't work
   */
  WarmPlan<?, ?> plan() {
    checkReturned();
    Class<?>[] parameters = method.getParameterTypes();
    if (parameters.length > 1) {
      throw fault(
          "it has " + parameters.length + " parameters",
          "one at most, the argument that the warm-up is for");
    }
    WarmPlanBuilder<Callable<?>, Object> plan = WarmPlan.ofCalls(name(), () -> calls(null))
        .perSecond(warms.perSecond())
        .concurrency(warms.concurrency())
        .giveUpAfter(warms.giveUpAfter());
    if (parameters.length == 1) {
      plan.keysFor(ClassUtils.resolvePrimitiveIfNecessary(parameters[0]), this::calls);
    }
    WarmSchedule schedule = schedule();
    if (schedule != null) {
      plan.schedule(schedule);
    }
    if (warms.onStart()) {
      plan.onStart();
    }
    if (warms.beforeReady()) {
      plan.beforeReady(1, duration("readyLimit", text(warms.readyLimit())));
    }
    try {
      return plan.build();
    } catch (ConfigurationException wrong) {
      throw new ConfigurationException(said() + ": " + wrong.getMessage(), wrong);
    }
  }

  private String name() {
    String name = text(warms.name());
    return name.isEmpty() ? type.getSimpleName() + "." + method.getName() : name;
  }

  private void checkReturned() {
    ResolvableType returned = ResolvableType.forMethodReturnType(method, type);
    for (Class<?> many : new Class<?>[] {Stream.class, Collection.class}) {
      Class<?> each = returned.as(many).getGeneric().resolve(Object.class);
      if (Runnable.class.isAssignableFrom(each) || Callable.class.isAssignableFrom(each)) {
        return;
      }
    }
    throw fault(
        "it returns " + returned,
        "it has to return a Stream or Collection of Runnable or Callable, the calls to make; keys and"
            + " a loader go into a bean of type WarmPlan");
  }

  private @Nullable WarmSchedule schedule() {
    String every = text(warms.every());
    String cron = text(warms.cron());
    boolean isPaced = !every.isEmpty() && !every.equals("-");
    boolean isByCron = !cron.isEmpty() && !cron.equals("-");
    if (isPaced && isByCron) {
      throw fault("every = " + every + " and cron = " + cron, "say one of them");
    }
    if (isPaced) {
      try {
        return WarmSchedule.every(duration("every", every));
      } catch (IllegalArgumentException outOfRange) {
        throw fault(String.valueOf(outOfRange.getMessage()), "choose a time in this range");
      }
    }
    if (!isByCron) {
      return null;
    }
    String zone = text(warms.zone());
    try {
      return CronSchedule.of(cron, zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone));
    } catch (DateTimeException | IllegalArgumentException wrong) {
      throw fault(
          "cron = " + cron + (zone.isEmpty() ? "" : ", zone = " + zone) + ": " + wrong.getMessage(),
          "six fields as in \"0 0 4 * * *\", and a zone as in \"Europe/Vienna\"");
    }
  }

  private Duration duration(String option, String text) {
    try {
      return DurationFormatterUtils.detectAndParse(text, DurationFormat.Unit.SECONDS);
    } catch (IllegalArgumentException notADuration) {
      throw fault(
          option + " = " + text + " is no time", "a number of seconds, or a time such as 5m");
    }
  }

  private String text(String text) {
    return texts.apply(text).trim();
  }

  private Stream<? extends Callable<?>> calls(@Nullable Object argument) {
    Object target = beans.getBean(bean);
    Method invocable = AopUtils.selectInvocableMethod(method, target.getClass());
    ReflectionUtils.makeAccessible(invocable);
    Object returned = argument == null
        ? ReflectionUtils.invokeMethod(invocable, target)
        : ReflectionUtils.invokeMethod(invocable, target, argument);
    if (returned == null) {
      throw new IllegalStateException(said() + " returned null");
    }
    Stream<?> calls = returned instanceof Collection<?> some ? some.stream() : (Stream<?>) returned;
    return calls.map(call ->
        call instanceof Callable<?> callable ? callable : Executors.callable((Runnable) call));
  }

  private String said() {
    return "@Warms on " + method.getDeclaringClass().getName() + "." + method.getName();
  }

  private ConfigurationException fault(String what, String mend) {
    return new ConfigurationException(said() + ": " + what + "; " + mend);
  }
}
