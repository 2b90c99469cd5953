package dev.larder.showcase.front;

import dev.larder.showcase.chaos.ChaosConfiguration;
import dev.larder.showcase.demo.EndWithStarter;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Whose Tomcat the systems are mounted in. */
@SpringBootApplication
@Import({ChaosConfiguration.class, EndWithStarter.class})
public class FrontApplication {}
