package dev.larder.boottests.environment;

import dev.larder.Larder;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A program that says what it has found in its environment, and ends. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ProblemsApplication {

  @Bean
  Problems problems() {
    return new Problems();
  }

  /** Runs it. */
  public static void main(String[] args) {
    try (ConfigurableApplicationContext context = new SpringApplicationBuilder(
            ProblemsApplication.class)
        .web(WebApplicationType.NONE)
        .run(args)) {
      Larder larder = context.getBean(Larder.class);
      for (String cache : new String[] {"problem_list", "drafts"}) {
        System.out.println(
            cache + ": " + larder.find(cache).orElseThrow().policy().ttl());
      }
      System.out.println(
          "tiers: " + larder.tiers().stream().map(tier -> tier.tier()).toList());
      System.out.println("answer: " + context.getBean(Problems.class).list(1));
    }
  }
}
