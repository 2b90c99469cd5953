package dev.larder.spring.boot;

import dev.larder.Larder;
import dev.larder.spring.annotation.LarderAnnotations;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Import;

/** Larder's own annotations: {@code @Cached} and its kin. */
@AutoConfiguration(after = LarderAutoConfiguration.class)
@ConditionalOnBean(Larder.class)
@ConditionalOnMissingBean(LarderAnnotations.class)
@ConditionalOnProperty(name = "larder.annotations.enabled", matchIfMissing = true)
@Import(LarderAnnotations.class)
public class LarderAnnotationsAutoConfiguration {

  /** For Spring. */
  public LarderAnnotationsAutoConfiguration() {}
}
