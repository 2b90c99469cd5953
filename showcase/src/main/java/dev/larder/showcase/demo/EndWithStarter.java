package dev.larder.showcase.demo;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Configuration;

/** Ends the application when the program that started it is gone; only where that is asked for. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(EndWithStarter.PROPERTY)
public class EndWithStarter {
  static final String PROPERTY = "larder.end-with-starter";

  private static final long LIMIT_SECONDS = 15;

  EndWithStarter() {
    StandardInput.onEnd(() -> {
      // A starter that was killed takes the servers with it, and pools wait long for a dead one.
      CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS)
          .execute(() -> Runtime.getRuntime().halt(1));
      System.exit(0);
    });
  }
}
