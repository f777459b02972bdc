/* Names as people in Syria bear and write them: the same name with and without its hamza, with a
 * closed or an open end, now and then with its vowels. */

#include "mtb-demo-private.h"

typedef struct
{
  const char *name;
  const char *latin;
} Name;

static const Name men[] = {
  { "أحمد", "ahmad" },
  { "محمد", "mohamad" },
  { "محمود", "mahmoud" },
  { "علي", "ali" },
  { "حسن", "hasan" },
  { "حسين", "hussein" },
  { "خالد", "khaled" },
  { "عمر", "omar" },
  { "عثمان", "othman" },
  { "يوسف", "yousef" },
  { "إبراهيم", "ibrahim" },
  { "إسماعيل", "ismail" },
  { "مصطفى", "mustafa" },
  { "عيسى", "issa" },
  { "موسى", "mousa" },
  { "يحيى", "yahya" },
  { "جورج", "george" },
  { "إلياس", "elias" },
  { "حنا", "hanna" },
  { "سامر", "samer" },
  { "باسل", "bassel" },
  { "فادي", "fadi" },
  { "رامي", "rami" },
  { "هادي", "hadi" },
  { "وائل", "wael" },
  { "طارق", "tarek" },
  { "زياد", "ziad" },
  { "أيمن", "ayman" },
  { "أنس", "anas" },
  { "أسامة", "osama" },
  { "حمزة", "hamza" },
  { "معاذ", "moaz" },
  { "عبد الله", "abdullah" },
  { "عبد الرحمن", "abdulrahman" },
  { "عبد الكريم", "abdulkarim" },
  { "غسان", "ghassan" },
  { "مروان", "marwan" },
  { "عدنان", "adnan" },
  { "نزار", "nizar" },
  { "سليمان", "suleiman" },
  { "داود", "daoud" },
  { "رضا", "rida" },
  { "بشار", "bashar" },
  { "مازن", "mazen" },
  { "هيثم", "haitham" },
  { "أكرم", "akram" },
  { "نبيل", "nabil" },
  { "فراس", "firas" },
  { "قصي", "qusai" },
  { "لؤي", "louay" },
  { "مؤيد", "muayad" },
  { "رائد", "raed" },
  { "سائر", "saer" },
  { "ضياء", "diaa" },
  { "علاء", "alaa" },
  { "بهاء", "bahaa" },
  { "صفوان", "safwan" },
  { "تيسير", "tayseer" },
  { "جهاد", "jihad" },
};

static const Name women[] = {
  { "فاطمة", "fatima" }, { "عائشة", "aisha" }, { "مريم", "mariam" },  { "خديجة", "khadija" },
  { "سلمى", "salma" },   { "ليلى", "layla" },  { "هدى", "huda" },     { "منى", "muna" },
  { "نجوى", "najwa" },   { "رنا", "rana" },    { "ريما", "rima" },    { "لينا", "lina" },
  { "هالة", "hala" },    { "دانا", "dana" },   { "نور", "nour" },     { "آلاء", "alaa" },
  { "إيمان", "iman" },   { "أمل", "amal" },    { "أميرة", "amira" },  { "سعاد", "souad" },
  { "سناء", "sanaa" },   { "هناء", "hanaa" },  { "رؤى", "rua" },      { "ميساء", "maysaa" },
  { "غادة", "ghada" },   { "رشا", "rasha" },   { "زينب", "zeinab" },  { "بشرى", "bushra" },
  { "ندى", "nada" },     { "وفاء", "wafaa" },  { "جمانة", "jumana" }, { "ديمة", "dima" },
  { "لمى", "lama" },     { "سوسن", "sawsan" }, { "ماري", "mary" },    { "كارول", "carol" },
};

static const Name families[] = {
  { "الخطيب", "khatib" },     { "الحلبي", "halabi" },      { "الشامي", "shami" },
  { "الحمصي", "homsi" },      { "الحموي", "hamwi" },       { "الدمشقي", "dimashqi" },
  { "درويش", "darwish" },     { "حداد", "haddad" },        { "النجار", "najjar" },
  { "الخياط", "khayat" },     { "الصباغ", "sabbagh" },     { "العطار", "attar" },
  { "القباني", "qabbani" },   { "الحسن", "hasan" },        { "الحسين", "hussein" },
  { "العلي", "ali" },         { "الأحمد", "ahmad" },       { "المحمد", "mohamad" },
  { "الإبراهيم", "ibrahim" }, { "الأسعد", "asaad" },       { "العبد الله", "abdullah" },
  { "منصور", "mansour" },     { "سليمان", "suleiman" },    { "شاهين", "shahin" },
  { "عثمان", "othman" },      { "يازجي", "yaziji" },       { "الأتاسي", "atassi" },
  { "الجابي", "jabi" },       { "نصر", "nasr" },           { "ديب", "deeb" },
  { "أسعد", "asaad" },        { "إسبر", "esber" },         { "خوري", "khoury" },
  { "سمعان", "semaan" },      { "مخول", "makhoul" },       { "بيطار", "bitar" },
  { "قدور", "qaddour" },      { "زيدان", "zidan" },        { "رمضان", "ramadan" },
  { "شعبان", "shaaban" },     { "بركات", "barakat" },      { "عرفات", "arafat" },
  { "الزعبي", "zoubi" },      { "الحريري", "hariri" },     { "المقداد", "miqdad" },
  { "الرفاعي", "rifai" },     { "الكيلاني", "kilani" },    { "الجيلاني", "jilani" },
  { "مارديني", "mardini" },   { "ديري", "deiri" },         { "رقاوي", "raqqawi" },
  { "إدلبي", "idlibi" },      { "اللاذقاني", "ladhqani" }, { "طرابلسي", "trabulsi" },
  { "بغدادي", "baghdadi" },   { "مصري", "masri" },         { "الترك", "turk" },
  { "الأيوبي", "ayoubi" },    { "العظم", "azm" },          { "البرازي", "barazi" },
  { "كيالي", "kayyali" },     { "الجندي", "jundi" },       { "السباعي", "sibai" },
  { "عبارة", "abara" },       { "طيارة", "tayara" },       { "شحادة", "shehada" },
  { "حمادة", "hamada" },      { "سلامة", "salameh" },      { "عيسى", "issa" },
  { "موسى", "mousa" },        { "مصطفى", "mustafa" },      { "يحيى", "yahya" },
};

/* What is put before and after a family's name, or a place's. */
static const struct
{
  const char *before;
  const char *after;
  const char *latin;
} companies[] = {
  { "شركة", "للتجارة", "trade" },         { "شركة", "للصناعات الغذائية", "food" },
  { "مؤسسة", "للمقاولات", "build" },      { "مكتب", "الهندسي", "eng" },
  { "صيدلية", "", "pharmacy" },           { "مطعم", "", "restaurant" },
  { "معمل", "للنسيج", "textile" },        { "مركز", "الطبي", "medical" },
  { "شركة", "للشحن والنقل", "cargo" },    { "مكتبة", "", "books" },
  { "مدرسة", "الخاصة", "school" },        { "فندق", "", "hotel" },
  { "مكتب", "للسياحة والسفر", "travel" }, { "مؤسسة", "للألبسة", "wear" },
};

#define PICK(rand, list) (&(list)[g_rand_int_range ((rand), 0, G_N_ELEMENTS (list))])

static const char *const without_hamza[][2] = { { "أ", "ا" }, { "إ", "ا" }, { "آ", "ا" } };
static const char *const open_end[][2] = { { "ة", "ه" } };
static const char *const dotted[][2] = { { "ى", "ي" } };
static const char *const stretched[][2] = { { "مح", "محـ" }, { "حس", "حســ" } };
static const char *const with_vowels[][2] = {
  { "محمد", "مُحَمَّد" }, { "أحمد", "أحْمَد" }, { "علي", "عَلِيّ" },
  { "حسن", "حَسَن" },   { "مريم", "مَرْيَم" }, { "عمر", "عُمَر" },
};

static void
replace (GString *name, const char *const letters[][2], guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_replace (name, letters[i][0], letters[i][1], 0);
}

/* Writes a name the way some clerk might have. */
static void
vary (GRand *rand, GString *name)
{
  double chance = g_rand_double (rand);

  if (chance < 0.15)
    replace (name, without_hamza, G_N_ELEMENTS (without_hamza));
  else if (chance < 0.22)
    replace (name, open_end, G_N_ELEMENTS (open_end));
  else if (chance < 0.27)
    replace (name, dotted, G_N_ELEMENTS (dotted));
  else if (chance < 0.30)
    replace (name, with_vowels, G_N_ELEMENTS (with_vowels));
  else if (chance < 0.31)
    replace (name, stretched, G_N_ELEMENTS (stretched));
}

char *
mtb_demo_dup_name (GRand *rand, char **latin)
{
  const Name *given = g_rand_double (rand) < 0.62 ? PICK (rand, men) : PICK (rand, women);
  const Name *father = PICK (rand, men);
  const Name *family = PICK (rand, families);
  GString *name = g_string_new (given->name);

  /* Most lists have the father's name, too. */
  if (g_rand_double (rand) < 0.7)
    g_string_append_printf (name, " %s", father->name);
  g_string_append_printf (name, " %s", family->name);
  vary (rand, name);
  *latin = g_strdup_printf ("%s.%s", given->latin, family->latin);
  return g_string_free (name, FALSE);
}

char *
mtb_demo_dup_company (GRand *rand, char **latin)
{
  const Name *family = PICK (rand, families);
  guint kind = (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (companies));

  *latin = g_strdup_printf ("%s.%s", family->latin, companies[kind].latin);
  return g_strchomp (
    g_strdup_printf ("%s %s %s", companies[kind].before, family->name, companies[kind].after));
}
