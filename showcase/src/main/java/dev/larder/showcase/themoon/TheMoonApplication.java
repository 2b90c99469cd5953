package dev.larder.showcase.themoon;

import dev.larder.showcase.host.ShowcaseSystem;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** TheMoon by itself. */
@ShowcaseSystem(name = "themoon")
@EnableTransactionManagement
public class TheMoonApplication {}
