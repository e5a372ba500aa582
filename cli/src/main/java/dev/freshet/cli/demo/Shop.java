package dev.freshet.cli.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The shop's first content: 10,000 customers, 2,000 products, 50,000 orders, their lines and 40,000 facts, always the
/// same. Nobody in it exists.
final class Shop {
    static final int CUSTOMERS = 10_000;
    static final int PRODUCTS = 2_000;
    static final int ORDERS = 50_000;
    static final int FACTS = 40_000;

    private static final String NULL = "\\N";
    private static final Instant OPENING = Instant.parse("2025-07-01T08:00:00Z");
    private static final int MINUTES_OPEN = 365 * 24 * 60;
    private static final int CENTS = 2;

    private Shop() {}

    static List<ShopTable> tables() {
        return List.of(
                new ShopTable("customers", CUSTOMERS, Shop::customer),
                new ShopTable("products", PRODUCTS, Shop::product),
                new ShopTable("orders", ORDERS, Shop::order),
                new ShopTable("order_lines", ORDERS, Shop::orderLines),
                new ShopTable("task_usage", FACTS, Shop::fact));
    }

    private static String customer(int id) {
        Draw draw = new Draw("customers", id);
        String first = draw.oneOf("Ada", "Noor", "Liam", "Zoë", "Mateo", "Yuki", "Ingrid", "Tomás", "Aisha", "Piotr");
        String last = draw.oneOf("Okafor", "Müller", "García", "Nowak", "Silva", "Tanaka", "Dubois", "Rossi", "Berg");
        String email = first.toLowerCase(Locale.ROOT) + "." + last.toLowerCase(Locale.ROOT) + id + "@example.com";
        String phone = draw.chance(80) ? "+44 7700 " + (900_000 + draw.below(1_000)) : NULL;
        LocalDate birth = LocalDate.of(1945, 1, 1).plusDays(draw.below(22_000));
        String iban = draw.chance(40)
                ? "DE" + (10 + draw.below(90)) + "500105170" + (100_000_000 + draw.below(900_000_000))
                : NULL;
        String street = draw.oneOf("Mill Road", "Rue Haute", "Lindenweg", "Via Roma", "Calle Mayor") + " "
                + (1 + draw.below(180));
        String[] place = draw.oneOf("Cambridge/GB", "Brussels/BE", "Leipzig/DE", "Bologna/IT", "Sevilla/ES")
                .split("/", 2);
        String preferences = "{\"theme\": \"" + draw.oneOf("dark", "light") + "\", \"page_size\": "
                + (10 + draw.below(9) * 10) + "}";
        return row(
                id,
                first + " " + last,
                email,
                phone,
                birth,
                iban,
                street,
                place[0],
                place[1],
                draw.chance(30),
                preferences,
                moment(draw));
    }

    private static String product(int id) {
        Draw draw = new Draw("products", id);
        String thing = draw.oneOf("kettle", "spade", "atlas", "kite", "hammer", "racket", "lamp", "basket", "puzzle");
        String kind = draw.oneOf("small", "classic", "folding", "travel", "heavy", "blue", "oak", "steel");
        String category = draw.oneOf("kitchen", "garden", "books", "toys", "tools", "sports");
        String tags = draw.chance(70) ? "{" + kind + "," + draw.oneOf("new", "sale", "gift") + "}" : "{}";
        String updated = moment(draw).toString().replace("Z", "");
        return row(
                id,
                draw.uuid(),
                kind + " " + thing + " " + id,
                category,
                price(id),
                50 + draw.below(5_000),
                tags,
                draw.chance(95),
                updated);
    }

    private static String order(int id) {
        Draw draw = new Draw("orders", id);
        String status = draw.oneOf("open", "paid", "paid", "shipped", "shipped", "shipped", "returned", "cancelled");
        String note = draw.chance(10) ? draw.oneOf("Ring twice", "Leave with the neighbour", "It is a gift") : NULL;
        return row(id, 1 + draw.below(CUSTOMERS), status, total(id), "EUR", note, moment(draw));
    }

    private static String orderLines(int order) {
        return IntStream.rangeClosed(1, lines(order))
                .mapToObj(line -> orderLine(order, line))
                .collect(Collectors.joining());
    }

    private static String orderLine(int order, int line) {
        return row(
                order,
                line,
                productOf(order, line),
                quantity(order, line),
                price(productOf(order, line)),
                (order + line) % 10 == 0 ? 0.05f : 0f);
    }

    private static String fact(int id) {
        Draw draw = new Draw("task_usage", id);
        Instant created = moment(draw);
        String updated =
                draw.chance(20) ? created.plusSeconds(1 + draw.below(3_600)).toString() : NULL;
        String project = draw.chance(75) ? draw.oneOf("freshet", "atlas", "harbour") : NULL;
        return row(
                id,
                draw.uuid(),
                "workspace-" + (1 + draw.below(5)),
                draw.oneOf("cloud", "local"),
                draw.oneOf("planner", "coder", "reviewer"),
                project,
                "acme",
                draw.oneOf("acme-small", "acme-large"),
                100 + draw.below(20_000),
                10 + draw.below(4_000),
                draw.below(50_000),
                draw.below(2_000),
                created,
                updated);
    }

    private static int lines(int order) {
        return 1 + new Draw("lines", order).below(4);
    }

    private static int productOf(int order, int line) {
        return 1 + new Draw("product", order * 8 + line).below(PRODUCTS);
    }

    private static int quantity(int order, int line) {
        return 1 + new Draw("quantity", order * 8 + line).below(5);
    }

    private static BigDecimal price(int product) {
        return BigDecimal.valueOf(199 + new Draw("price", product).below(20_000), CENTS);
    }

    private static BigDecimal total(int order) {
        return IntStream.rangeClosed(1, lines(order))
                .mapToObj(line -> price(productOf(order, line)).multiply(BigDecimal.valueOf(quantity(order, line))))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Instant moment(Draw draw) {
        return OPENING.plus(draw.below(MINUTES_OPEN), ChronoUnit.MINUTES).plusMillis(draw.below(60_000));
    }

    private static String row(Object... fields) {
        StringBuilder text = new StringBuilder();
        for (Object field : fields) text.append(text.isEmpty() ? "" : "\t").append(field);
        return text.append('\n').toString();
    }
}
