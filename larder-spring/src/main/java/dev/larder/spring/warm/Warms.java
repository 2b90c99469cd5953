package dev.larder.spring.warm;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a warm-up: the method returns the calls to make, of methods with {@link
 * dev.larder.spring.annotation.Cached} of other beans, or of whatever else fills a cache.
 *
 * <pre>{@code
 * @Warms(name = "problems", every = "5m", perSecond = 20)
 * Stream<Runnable> problems() {
 *   return repository.latestIds(20).stream().map(id -> () -> problems.detail(id));
 * }
 * }</pre>
 *
 * <p>The method returns a {@code Stream} or {@code Collection} of {@code Runnable} or {@code Callable}, and
 * is asked once a run. With one parameter the warm-up is for an argument, such as a user's id, and runs
 * only by {@link dev.larder.warm.Warming#run}. A call whose value is cached costs the source nothing and
 * counts as a load all the same; who wants that told apart declares a bean of type {@link
 * dev.larder.warm.WarmPlan}. Calls are made outside of any request: nobody is logged in there, and a
 * method of the same bean called on {@code this} goes round its annotations.
 *
 * <p>Texts take {@code ${...}} placeholders. What can't work stops the start.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Warms {

  /** Its name, 1 to 64 letters, digits, {@code _ . -}. Default: {@code Class.method}. */
  String name() default "";

  /**
   * Runs at a fixed pace: {@code 5m}, {@code 300} (seconds), {@code PT5M}; 1 s to 366 days. Default, and
   * {@code -}: only when asked.
   */
  String every() default "";

  /** Runs by a cron expression of Spring's: {@code 0 0 4 * * *}. Default, and {@code -}: none. */
  String cron() default "";

  /** Time zone of the cron expression. Default: the machine's. */
  String zone() default "";

  /** Whether it runs when the application has started. */
  boolean onStart() default false;

  /** Most calls in any second, 1 to 100,000. */
  int perSecond() default 100;

  /** Most calls at a time, 1 to 64. */
  int concurrency() default 4;

  /** How many failures in a row end a run, 0 to a million; 0 goes on to the last call. */
  int giveUpAfter() default 50;

  /** Whether readiness waits until all is called. Needs {@link #onStart}. */
  boolean beforeReady() default false;

  /** Longest time that readiness waits for it: 1 s to 1 h. */
  String readyLimit() default "2m";
}
