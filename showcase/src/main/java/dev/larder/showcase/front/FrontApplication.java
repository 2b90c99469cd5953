package dev.larder.showcase.front;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Whose Tomcat the systems are mounted in. */
@SpringBootApplication
public class FrontApplication {}
