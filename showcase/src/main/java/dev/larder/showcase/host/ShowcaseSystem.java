package dev.larder.showcase.host;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/**
 * An application of the showcase: a Spring Boot application that scans its own package and has the
 * showcase's pool of connections, account of each request, errors and log-in cookie.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan
@ConfigurationPropertiesScan
@Import(SharedConfiguration.class)
public @interface ShowcaseSystem {
  /**
   * Its name: the context path, the schema, and the file of its properties beside {@code
   * application.properties}. A plain word in lower case.
   */
  String name();
}
