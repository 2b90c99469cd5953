package dev.larder.showcase.demo;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Configuration;

/** Ends the application when the program that started it is gone; only where that is asked for. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(EndWithStarter.PROPERTY)
class EndWithStarter {
  static final String PROPERTY = "larder.end-with-starter";

  EndWithStarter() {
    StandardInput.onEnd(() -> System.exit(0));
  }
}
