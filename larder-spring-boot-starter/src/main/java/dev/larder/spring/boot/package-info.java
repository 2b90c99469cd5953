/**
 * Larder's auto-configuration: what a Spring Boot application gets by adding the starter.
 *
 * <p>Nothing here is called by an application; see {@code docs/spring-boot.md} for the properties.
 */
@NullMarked
package dev.larder.spring.boot;

import org.jspecify.annotations.NullMarked;
