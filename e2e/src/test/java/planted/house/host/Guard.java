package planted.house.host;

enum Guard {
    TOKEN
}
