"""The people of the demonstration. All are invented; every address lies under example.com."""

from dataclasses import dataclass

_NINE_TO_FIVE = ((9, 0, 12, 30), (14, 0, 17, 0))
_MORNINGS = ((8, 0, 13, 0),)
_EVENINGS = ((15, 0, 20, 0),)
_LATE = ((10, 0, 12, 0), (16, 0, 21, 0))
_SHORT = ((9, 0, 12, 0),)


@dataclass(frozen=True, slots=True)
class DemoDoctor:
    """`hours` are spans (hour, minute, hour, minute) of each working day; `days` are 0 (Monday) to 6. `stars` are what
    past visits were given, 0 where nothing was said."""

    name: str
    specialization: str
    fee: int
    zone: str
    languages: tuple[str, ...]
    qualifications: str
    about: str
    hours: tuple[tuple[int, int, int, int], ...] = _NINE_TO_FIVE
    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    slot: int = 30
    gap: int = 0
    stars: tuple[int, ...] = (5, 4, 5, 5)


HEART, SKIN, CHILDREN = "Heart (cardiology)", "Skin (dermatology)", "Children (pediatrics)"
GENERAL, MIND, BONES = "General practice", "Mental health (psychiatry)", "Bones and joints (orthopedics)"
EYES, EARS, NERVES = "Eyes (ophthalmology)", "Ear, nose and throat", "Nerves (neurology)"
WOMEN, HORMONES, STOMACH = "Women's health (gynecology)", "Hormones (endocrinology)", "Stomach (gastroenterology)"
LUNGS, ALLERGY = "Lungs (pulmonology)", "Allergies (immunology)"

DOCTORS: tuple[DemoDoctor, ...] = (
    DemoDoctor("Dr Amara Okafor", HEART, 9000, "America/New_York", ("English", "French", "Igbo"), "MD, 14 years in practice",
               "I look after people with high blood pressure, an irregular heartbeat or chest pain, and I help after a heart "
               "attack. Please have your list of medicines ready.", gap=10, days=(0, 1, 2, 3, 4, 5, 6),
               stars=(5, 5, 0, 5, 4, 0, 5, 4, 5, 0, 5, 5)),
    DemoDoctor("Dr Tomás Herrera Villanueva", GENERAL, 4800, "America/Chicago", ("English", "Spanish"), "MD, family medicine",
               "A first stop for almost everything: colds, aches, worries, and what to do next.", slot=20,
               days=(0, 1, 2, 3, 4, 5), stars=(5, 4, 5, 4, 5, 5, 3)),
    DemoDoctor("Dr Ingrid Solheim", SKIN, 7500, "Europe/Oslo", ("Norwegian", "English"), "MD, dermatology",
               "Moles, rashes, acne and eczema. Photographs taken in daylight help us both.", _MORNINGS, slot=20),
    DemoDoctor("Dr Li Wei Chen", CHILDREN, 6500, "America/Los_Angeles", ("English", "Mandarin"), "MD, pediatrics",
               "From newborns to teenagers. Parents are welcome to ask anything.", stars=(5, 5, 4, 5)),
    DemoDoctor("Dr Søren Mikkelsen", MIND, 11000, "Europe/Copenhagen", ("Danish", "English"), "MD, psychiatry",
               "Calm conversations about low mood, worry and sleep.", _LATE, slot=45, gap=15, stars=()),
    DemoDoctor("Dr Asha Rao", SKIN, 5000, "Asia/Kolkata", ("English", "Hindi", "Kannada"), "MD, dermatology, 9 years",
               "Skin, hair and nails, with advice that fits your day.", _EVENINGS, days=(0, 1, 2, 3, 4, 5)),
    DemoDoctor("Dr Wilhelmina Konstantinopoulou-Featherstonehaugh", SKIN, 7500, "Europe/Athens",
               ("English", "German", "Greek"), "MD, PhD, dermatology", "Long-standing skin conditions and second opinions.",
               stars=(4, 5, 5)),
    DemoDoctor("Dr Jean-Baptiste Moreau", HEART, 10500, "Europe/Paris", ("French", "English"), "MD, cardiology",
               "Heart failure, valves, and sport after illness.", _SHORT, days=(0, 1, 3, 4)),
    DemoDoctor("Dr Fatima Al-Sayed", WOMEN, 8200, "Asia/Dubai", ("Arabic", "English"), "MD, gynecology and obstetrics",
               "Check-ups, pregnancy questions and contraception.", days=(0, 1, 2, 3, 6)),
    DemoDoctor("Dr Kenji Watanabe", EYES, 7000, "Asia/Tokyo", ("Japanese", "English"), "MD, ophthalmology",
               "Red eyes, dry eyes, and what the optician's note means.", _MORNINGS, slot=20),
    DemoDoctor("Dr Olivia Brennan", GENERAL, 4500, "Europe/Dublin", ("English", "Irish"), "MB BCh BAO, general practice",
               "Everyday medicine, plainly explained.", slot=20, days=(0, 1, 2, 3, 4, 5), stars=(5, 5, 4, 4, 5)),
    DemoDoctor("Dr Mateus Carvalho", BONES, 8800, "America/Sao_Paulo", ("Portuguese", "English", "Spanish"),
               "MD, orthopedics", "Knees, backs and shoulders, with exercises to take home.", _NINE_TO_FIVE, gap=5),
    DemoDoctor("Dr Hannah Vogel", NERVES, 12000, "Europe/Berlin", ("German", "English"), "MD, neurology",
               "Headaches, numbness, dizziness and seizures.", _NINE_TO_FIVE, days=(0, 2, 4), slot=40),
    DemoDoctor("Dr Ruth Abernathy", EARS, 6900, "America/Denver", ("English",), "MD, otolaryngology",
               "Hearing, sinuses, snoring and voice.", _MORNINGS),
    DemoDoctor("Dr Aleksandra Wiśniewska-Kowalczyk", HORMONES, 7700, "Europe/Warsaw", ("Polish", "English", "German"),
               "MD, PhD, endocrinology", "Diabetes, thyroid and weight.", stars=(5, 4)),
    DemoDoctor("Dr Bikash Gurung", LUNGS, 3900, "Asia/Kathmandu", ("Nepali", "English", "Hindi"), "MD, pulmonology",
               "Cough, asthma and breath on the mountain.", _NINE_TO_FIVE, days=(0, 1, 2, 3, 4, 6)),
    DemoDoctor("Dr Grace Njoroge", CHILDREN, 5200, "Africa/Nairobi", ("English", "Swahili"), "MBChB, pediatrics",
               "Fever, growth, feeding and vaccinations.", _MORNINGS, slot=20, stars=(5, 5, 5)),
    DemoDoctor("Dr Noah Fitzgerald", MIND, 9500, "Australia/Sydney", ("English",), "MBBS, psychiatry",
               "Attention, anxiety and recovery, one step at a time.", _EVENINGS, slot=45, gap=15),
    DemoDoctor("Dr Mele Tupou", GENERAL, 4200, "Pacific/Auckland", ("English", "Tongan"), "MBChB, general practice",
               "Families of every size.", slot=20),
    DemoDoctor("Dr Diego Fuentes", STOMACH, 8400, "America/Mexico_City", ("Spanish", "English"), "MD, gastroenterology",
               "Heartburn, bellies and food that disagrees.", _NINE_TO_FIVE, gap=10),
    DemoDoctor("Dr Sofia Rossi", WOMEN, 7900, "Europe/Rome", ("Italian", "English"), "MD, gynecology",
               "Cycles, menopause and everything between.", _LATE, days=(1, 2, 3, 4)),
    DemoDoctor("Dr Emre Yıldız", BONES, 6100, "Europe/Istanbul", ("Turkish", "English", "German"), "MD, orthopedics",
               "Sports injuries and joint pain.", _NINE_TO_FIVE, slot=20, stars=(4, 4, 5)),
    DemoDoctor("Dr Chloé Tremblay", ALLERGY, 7300, "America/Toronto", ("French", "English"), "MD, immunology",
               "Hay fever, food allergy and asthma in all seasons.", _SHORT, slot=20),
    DemoDoctor("Dr Samuel Adeyemi", HORMONES, 5600, "Africa/Lagos", ("English", "Yoruba"), "MBBS, endocrinology",
               "Living well with diabetes.", _MORNINGS, stars=(5,)),
    DemoDoctor("Dr Mei Tan", EYES, 8100, "Asia/Singapore", ("English", "Mandarin", "Malay"), "MBBS, ophthalmology",
               "Contact lenses, floaters and sudden changes.", _EVENINGS),
    DemoDoctor("Dr Isak Lindqvist", NERVES, 10900, "Europe/Stockholm", ("Swedish", "English"), "MD, neurology",
               "Migraine and memory.", _NINE_TO_FIVE, slot=40, stars=()),
    DemoDoctor("Dr Priya Menon", HEART, 0, "Asia/Kolkata", ("English", "Malayalam", "Tamil"), "MD, cardiology",
               "A free first conversation for people told that their heart needs a look.", _SHORT, slot=15),
)  # fmt: skip
PENDING = DemoDoctor("Dr Yusuf Karim", GENERAL, 4600, "Europe/London", ("English", "Bengali", "Urdu"), "MBBS, general practice",
                     "Newly registered: waits for approval.")  # fmt: skip

PATIENTS: tuple[tuple[str, str], ...] = (
    ("Margaret Lindqvist", "America/Chicago"), ("Lena Koch", "Europe/Berlin"), ("Arjun Patel", "Asia/Kolkata"),
    ("Maria Silva", "America/Sao_Paulo"), ("Tom O'Neill", "Europe/Dublin"), ("Yuki Sato", "Asia/Tokyo"),
    ("Anna Nowak", "Europe/Warsaw"), ("Peter Wanjiku", "Africa/Nairobi"), ("Julie Martin", "Europe/Paris"),
    ("Carlos Ruiz", "America/Mexico_City"), ("Emily Clarke", "America/New_York"), ("Omar Haddad", "Asia/Dubai"),
)  # fmt: skip

WORDS: dict[int, tuple[tuple[str, str], ...]] = {
    5: (("Explained everything", "My test results, explained in words I could understand."),
        ("On time and kind", "The visit began on the minute, and I left knowing what to do."),
        ("Very helpful", "Listened first, then gave clear advice."),
        ("Took me seriously", "I had put this off for months. It turned out to be simple."),
        ("Clear plan", "We agreed on three steps, and I got them in writing."),
        ("Easy from home", "No waiting room, no bus, and all my questions answered."),
        ("Calm and thorough", "Nothing was rushed. I understood why each question was asked.")),
    4: (("Good visit", "Clear answers. The connection dropped once, and we were back within a minute."),
        ("Would come again", "Friendly and thorough; I would have liked a few more minutes."),
        ("Helpful", "Good advice, and an honest word about what a video visit cannot show.")),
    3: (("All right", "Helpful, but I had hoped for more detail about the medicine."),),
}  # fmt: skip
