package dev.larder.spring.boot;

import dev.larder.Larder;
import dev.larder.spring.CachePolicies;
import dev.larder.spring.annotation.CallerIdentity;
import dev.larder.spring.thymeleaf.FragmentCaches;
import dev.larder.spring.thymeleaf.LarderDialect;
import dev.larder.spring.thymeleaf.TemplateCheck;
import java.nio.charset.Charset;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.thymeleaf.spring6.SpringTemplateEngine;

/** Fragments of Thymeleaf templates. For servlet applications with Thymeleaf on the class path. */
@AutoConfiguration(
    after = LarderAutoConfiguration.class,
    beforeName = "org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration")
@ConditionalOnClass(SpringTemplateEngine.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class LarderFragmentsAutoConfiguration {

  /** For Spring. */
  public LarderFragmentsAutoConfiguration() {}

  /** Where fragments are kept. */
  @Bean
  @ConditionalOnBean(Larder.class)
  @ConditionalOnMissingBean
  @ConditionalOnProperty(name = "larder.fragments.enabled", matchIfMissing = true)
  FragmentCaches larderFragmentCaches(
      Larder larder,
      ObjectProvider<CachePolicies> policies,
      ObjectProvider<CallerIdentity> identity) {
    return new FragmentCaches(
        larder,
        policies.getIfAvailable(CachePolicies::none),
        CallerIdentity.orDefault(identity.getIfAvailable()));
  }

  /** There also where fragments are not kept: templates still have the attributes. */
  @Bean
  @ConditionalOnMissingBean
  LarderDialect larderDialect(ObjectProvider<FragmentCaches> caches) {
    FragmentCaches found = caches.getIfAvailable();
    return found == null ? LarderDialect.off() : LarderDialect.on(found);
  }

  /** Finds templates where Boot's own resolver does. */
  @Bean
  @ConditionalOnBean(FragmentCaches.class)
  @ConditionalOnProperty(name = "larder.fragments.check-at-start", matchIfMissing = true)
  TemplateCheck larderTemplateCheck(
      FragmentCaches caches,
      ObjectProvider<SpringTemplateEngine> engine,
      ApplicationContext context) {
    Environment environment = context.getEnvironment();
    return new TemplateCheck(
        caches,
        () -> engine.getObject().getConfiguration(),
        context,
        environment.getProperty("spring.thymeleaf.prefix", "classpath:/templates/"),
        environment.getProperty("spring.thymeleaf.suffix", ".html"),
        Charset.forName(environment.getProperty("spring.thymeleaf.encoding", "UTF-8")));
  }
}
